// Writes the GitHub Action into `.github/actions/grade/dist/`: two programs (the action, and its
// worker thread), beside them the sandbox's code and engine, so that a student's workflow installs
// nothing. `npm run build` comes first. Fails where the whole is larger than 8 MB.
//
//   node bundle-action.js [folder [most bytes]]

import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { COMMON_JS, compiler } from "./compiler.js";

const mostBytes = Number(process.argv[3] ?? 8_000_000);

const repository = fileURLToPath(new URL("../../", import.meta.url));
const grader = join(repository, "grader");
const out = process.argv[2] ?? join(repository, ".github/actions/grade/dist");

/** What students are given and have no reason to change: see `docs/github.md`. */
const GIVEN = ["src/helpers.ts", "src/types.ts", ".github/workflows/grade.yml"];

/** `version.ts` reads the package.json that is one folder up; the bundle has none there. */
const fixedVersion = {
  name: "fixed-version",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]grader[\\/]src[\\/]version\.ts$/ }, async () => {
      const { version } = JSON.parse(await readFile(join(grader, "package.json"), "utf8"));
      // The pages are beside the action, whose place GitHub names.
      const home = "export const docsHome = () => undefined;";
      return { contents: `export const graderVersion = () => ${JSON.stringify(version)};${home}` };
    });
  },
};

/**
 * Of ts-morph the grader uses the compiler that it brings, and nothing else. Without the rest,
 * 3 MB of type declarations among it, the worker starts sooner. If ever more of it is used, the
 * bundler says that it cannot find it here.
 */
const compilerOnly = {
  name: "compiler-only",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(ts-morph|typescript)$/ }, () => ({
      path: "compiler",
      namespace: "ts-morph",
    }));
    onLoad({ filter: /.*/, namespace: "ts-morph" }, () => ({
      // ts-blank-space asks for the compiler by its own name.
      contents: `export { default, default as ts } from ${JSON.stringify(compiler)};`,
      resolveDir: grader,
    }));
  },
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  entryPoints: { index: join(grader, "src/action.ts"), worker: join(grader, "src/worker.ts") },
  outdir: out,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minify: true,
  legalComments: "linked",
  banner: { js: COMMON_JS },
  plugins: [fixedVersion, compilerOnly],
  logLevel: "warning",
});
await cp(join(grader, "dist/guest"), join(out, "guest"), { recursive: true });
await writeFile(join(out, "package.json"), '{ "type": "module" }\n');
await writeFile(join(out, "given.json"), `${JSON.stringify(await hashes(GIVEN), null, 2)}\n`);

const bytes = await sizeOf(out);
console.log(`${relative(repository, out).split(sep).join("/")}: ${(bytes / 1e6).toFixed(2)} MB`);
if (bytes > mostBytes) {
  console.error(`The action is larger than ${mostBytes / 1e6} MB.`);
  process.exitCode = 1;
}

async function hashes(files) {
  const entries = files.map(async (file) => {
    const content = await readFile(join(repository, "starter", file));
    return [file, createHash("sha256").update(content).digest("hex")];
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function sizeOf(folder) {
  const names = await readdir(folder, { recursive: true });
  const sizes = names.map(async (name) => {
    const stats = await stat(join(folder, name));
    return stats.isFile() ? stats.size : 0;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
