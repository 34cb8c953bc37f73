import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const FIVE_DEEP =
  "export function f(a: number) {\n  if (a) { if (a > 1) { if (a > 2) { if (a > 3) { return 1; } } } }\n  return 0;\n}\n";
const LONG_BODY = "  f();\n".repeat(50);

/** [where it is planted, what is wrong there, the rule that must see it] */
const PLANTED: readonly [file: string, text: string, rule: string][] = [
  ["model/a.ts", 'export { x } from "../judge/x.ts";', "no-restricted-imports"],
  ["assignment/a.ts", 'export { x } from "../checks/x.ts";', "no-restricted-imports"],
  ["source/a.ts", 'export { x } from "../sandbox/x.ts";', "no-restricted-imports"],
  ["source/deep/a.ts", 'export { x } from "../../judge/x.ts";', "no-restricted-imports"],
  ["sandbox/a.ts", 'export { x } from "../judge/x.ts";', "no-restricted-imports"],
  ["judge/a.ts", 'export { x } from "../source/x.ts";', "no-restricted-imports"],
  ["checks/a.ts", 'export { x } from "../judge/x.ts";', "no-restricted-imports"],
  ["catalogue/a.ts", 'export { x } from "../report/x.ts";', "no-restricted-imports"],
  ["report/a.ts", 'export { x } from "../checks/x.ts";', "no-restricted-imports"],
  ["class/a.ts", 'export { x } from "../judge/x.ts";', "no-restricted-imports"],
  ["commands/a.ts", 'export { x } from "../sandbox/x.ts";', "no-restricted-imports"],
  ["grade.ts", 'export { x } from "./report/x.ts";', "no-restricted-imports"],
  ["worker.ts", 'export { x } from "./judge/x.ts";', "no-restricted-imports"],
  ["cli.ts", 'export { x } from "./judge/x.ts";', "no-restricted-imports"],
  ["checks/b.ts", 'export { x } from "../grade.ts";', "no-restricted-imports"],
  ["judge/b.ts", 'export { x } from "ts-morph";', "no-restricted-imports"],
  ["judge/c.ts", 'export { x } from "quickjs-emscripten-core";', "no-restricted-imports"],
  ["checks/c.ts", 'export { x } from "seedrandom";', "no-restricted-imports"],
  ["report/b.ts", 'export { x } from "node:fs";', "no-restricted-imports"],
  ["report/c.ts", "export const now = () => Date.now();", "no-restricted-globals"],
  ["judge/d.ts", "export const draw = () => Math.random();", "no-restricted-properties"],
  ["commands/b.ts", 'export const say = () => console.log("x");', "no-console"],
  ["commands/c.ts", "export const leave = () => process.exit(1);", "no-process-exit"],
  ["commands/d.ts", "export default 1;", "no-default-export"],
  ["commands/e.ts", "export const f = (a: any) => a;", "no-explicit-any"],
  [
    "commands/f.ts",
    "const later = async () => 1;\nexport function f() {\n  later();\n}",
    "no-floating-promises",
  ],
  [
    "commands/g.ts",
    'export function f(a: "x" | "y") {\n  switch (a) {\n    case "x":\n      return 1;\n  }\n  return 0;\n}',
    "switch-exhaustiveness-check",
  ],
  [
    "commands/h.ts",
    "export const f = (a: number, b: number, c: number, d: number) => a + b + c + d;",
    "max-params",
  ],
  ["commands/i.ts", FIVE_DEEP, "max-depth"],
  ["commands/j.ts", `export function f() {\n${LONG_BODY}}\n`, "max-lines-per-function"],
  ["commands/k.ts", `export const x = 1;\n${"void x;\n".repeat(201)}`, "max-lines"],
  ["commands/l.ts", 'export { m } from "./m.ts";\nexport const l = 1;', "no-cycle"],
  ["commands/m.ts", 'export { l } from "./l.ts";\nexport const m = 1;', "no-cycle"],
];

const ALLOWED: readonly [file: string, text: string][] = [
  ["checks/fine.ts", 'export { x } from "../model/x.ts";\nexport { y } from "../assignment/y.ts";'],
  ["source/deep/fine.ts", 'export { x } from "../x.ts";\nexport { y } from "ts-morph";'],
  [
    "commands/fine.ts",
    'export { x } from "../report/x.ts";\nexport { y } from "node:fs";\nexport { z } from "./grade.ts";',
  ],
];

const outputSchema = z.object({
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })),
});

let folder = "";
let found: string[] = [];

/** A copy of the configuration, with planted files where the real ones would be. */
async function plant(): Promise<void> {
  folder = await mkdtemp(path.join(tmpdir(), "lint-"));
  for (const file of ["oxlint.config.js", "tsconfig.json"])
    await cp(path.join(ROOT, file), path.join(folder, file));
  await writeFile(path.join(folder, "package.json"), '{ "type": "module" }');
  await symlink(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"), "junction");
  for (const [file, text] of [...PLANTED, ...ALLOWED]) {
    const planted = path.join(folder, "grader/src", file);
    await mkdir(path.dirname(planted), { recursive: true });
    await writeFile(planted, `${text}\n`);
  }
}

function lint(): Promise<string> {
  const words = [
    path.join(ROOT, "node_modules/oxlint/bin/oxlint"),
    "-c",
    "oxlint.config.js",
    "--type-aware",
    "-f",
    "json",
    "grader",
  ];
  return new Promise((resolve) => {
    execFile(process.execPath, words, { cwd: folder, maxBuffer: 1e8 }, (_, stdout) =>
      resolve(stdout),
    );
  });
}

beforeAll(async () => {
  await plant();
  const { diagnostics } = outputSchema.parse(JSON.parse(await lint()));
  found = diagnostics.map(
    ({ code, filename }) => `${filename.replaceAll("\\", "/")}: ${code.replace(/^.*\(|\)$/gu, "")}`,
  );
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the linter's configuration", () => {
  test.each(PLANTED.map(([file, , rule]) => [file, rule]))("%s breaks %s", (file, rule) => {
    expect(found).toContain(`grader/src/${file}: ${rule}`);
  });

  test.each(ALLOWED.map(([file]) => [file]))("%s may import what it does", (file) => {
    expect(
      found.filter((line) => line.startsWith(`grader/src/${file}: no-restricted-imports`)),
    ).toEqual([]);
  });
});
