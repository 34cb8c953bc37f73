import { execFileSync } from "node:child_process";
import {
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from "vitest";
import type { Grader } from "../../src/model/grader.ts";
import type { Report } from "../../src/model/report.ts";
import { gradeWatched, snapshotOf } from "./canaries.ts";
import { COURSE, openTestGrader, SEED } from "./grade.ts";

const SECRET = "canary-a01c9be75d";

let grader: Grader;
beforeAll(() => {
  grader = openTestGrader();
});
afterAll(() => grader.close());

let outside: string;
let folder: string;
let entry: string;
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), "files-"));
  folder = join(outside, "submission");
  entry = join(folder, "src/dropout.ts");
  cpSync(COURSE, folder, { recursive: true });
  writeFileSync(join(outside, "secret.ts"), `export const secret = "${SECRET}";\n`);
});
afterEach(() => rmSync(outside, { recursive: true }));

async function grade(path = folder): Promise<Report> {
  const { report, files } = await grader.grade(path, SEED);
  expect(JSON.stringify([report, files])).not.toContain(SECRET);
  return report;
}

/** What a report says first, or its score where it says nothing. */
async function verdict(path = folder): Promise<{ id: string; what: string } | number> {
  const { findings, score } = await grade(path);
  const [first] = findings;
  return first === undefined ? score : { id: first.id, what: first.what };
}

const text = (): string => readFileSync(entry, "utf8");
const windows = process.platform === "win32";

describe.skipIf(windows)("what is no regular file is never opened", () => {
  test.each([
    ["a link to a file outside", () => symlinkSync(join(outside, "secret.ts"), entry), "link"],
    ["a link to a device", () => symlinkSync("/dev/zero", entry), "link"],
    ["a link to nothing", () => symlinkSync("/nowhere", entry), "link"],
    ["a link to itself", () => symlinkSync(entry, entry), "link"],
    ["a named pipe", () => execFileSync("sh", ["-c", 'mkfifo "$1"', "sh", entry]), "named pipe"],
    ["a folder", () => mkdirSync(entry), "folder"],
  ])("%s", async (_, make, what) => {
    rmSync(entry);
    make();
    expect(await verdict()).toEqual({
      id: "file-refused",
      what: expect.stringContaining(what),
    });
  });

  test("a socket", async () => {
    rmSync(entry);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(entry, resolve));
    expect(await verdict()).toMatchObject({ id: "file-refused" });
    server.close();
  });

  test("a folder that is a link", async () => {
    renameSync(join(folder, "src"), join(outside, "elsewhere"));
    symlinkSync(join(outside, "elsewhere"), join(folder, "src"));
    expect(await verdict()).toMatchObject({ id: "file-refused" });
  });

  test("a helper that is a link to another's file", async () => {
    rmSync(join(folder, "src/helpers.ts"));
    symlinkSync(join(COURSE, "src/helpers.ts"), join(folder, "src/helpers.ts"));
    expect(await verdict()).toMatchObject({ id: "file-refused" });
  });

  test("a submission that is a link", async () => {
    symlinkSync(folder, join(outside, "alias"));
    expect(await verdict(join(outside, "alias"))).toMatchObject({ id: "file-refused" });
  });

  test("a hard link is a file like any other", async () => {
    rmSync(entry);
    linkSync(join(outside, "secret.ts"), entry);
    const report = await grader.grade(folder, SEED);
    // A hard link cannot be told from a file; making one takes the right to read the file anyway.
    expect(report.report.findings.map(({ id }) => id)).toEqual(Array(3).fill("export-missing"));
  });
});

describe("sizes", () => {
  test("a huge file is not read", async () => {
    truncateSync(entry, 2 ** 33);
    expect(await verdict()).toEqual({
      id: "file-too-large",
      what: expect.stringContaining("65536"),
    });
  });

  test("one line of a megabyte is not read", async () => {
    writeFileSync(entry, `${text()}\n//${"x".repeat(1e6)}`);
    expect(await verdict()).toMatchObject({ id: "file-too-large" });
  });

  test("a hundred files that import each other", async () => {
    for (let i = 0; i < 100; i += 1) {
      writeFileSync(join(folder, `src/f${i}.ts`), `export * from "./f${(i + 1) % 100}.ts";\n`);
    }
    writeFileSync(entry, `import "./f0.ts";\n${text()}`);
    expect(await verdict()).toMatchObject({ id: "file-refused" });
  });

  test.each([
    ["brackets", `${"(".repeat(30_000)}1${")".repeat(30_000)}`],
    ["array literals", `${"[".repeat(30_000)}1${"]".repeat(30_000)}`],
    ["comparisons or type arguments", `${"a<".repeat(5000)}1`],
    ["additions", Array.from({ length: 30_000 }, () => "1").join("+")],
    ["templates", `${"`${".repeat(10_000)}1${"}`".repeat(10_000)}`],
    ["members", `x${".b".repeat(30_000)}`],
    ["negations", `${"!".repeat(60_000)}1`],
  ])("a program with endless %s ends in a verdict, and the next is graded", async (_, nested) => {
    writeFileSync(entry, `${text()}\nexport const a: any = () => ${nested};\n`);
    const started = performance.now();
    const report = await grade();
    const ids = report.findings.map(({ id }) => id);
    expect(["", "source-too-complex", "syntax-error", "import-failed"]).toContain(ids[0] ?? "");
    expect(report.score === 100 || report.score === 0).toBe(true);
    expect(performance.now() - started).toBeLessThan(60_000);
    writeFileSync(entry, readFileSync(join(COURSE, "src/dropout.ts")));
    expect(await verdict()).toBe(100);
  });
});

describe("encodings", () => {
  const utf16 = (bigEndian: boolean, mark: boolean): Buffer => {
    const bytes = Buffer.from((mark ? "\uFEFF" : "") + text(), "utf16le");
    return bigEndian ? bytes.swap16() : bytes;
  };
  test.each([
    ["UTF-16, little end first", () => utf16(false, true), "UTF-16"],
    ["UTF-16, big end first", () => utf16(true, true), "UTF-16"],
    ["UTF-16 without a mark", () => utf16(false, false), "UTF-16"],
    ["Latin-1", () => Buffer.from(`${text()}// \u00E9\n`, "latin1"), "not valid UTF-8"],
    ["half a character", () => Buffer.from([...Buffer.from(text()), 0xe2, 0x82]), "not valid"],
    ["a surrogate on its own", () => Buffer.from([0x2f, 0x2f, 0xed, 0xa0, 0x80]), "not valid"],
    ["a NUL", () => Buffer.from(`${text()}// \0\n`), "NUL"],
  ])("%s is refused with the remedy", async (_, bytes, what) => {
    writeFileSync(entry, bytes());
    expect(await verdict()).toEqual({ id: "file-encoding", what: expect.stringContaining(what) });
  });

  test.each([
    ["a mark of UTF-8", (t: string) => `\uFEFF${t}`],
    ["CRLF", (t: string) => t.replaceAll("\n", "\r\n")],
    ["CR alone", (t: string) => t.replaceAll("\n", "\r")],
    ["U+2028 in a comment", (t: string) => `${t}\n/* \u2028 */`],
    ["characters beyond the first plane", (t: string) => `${t}\nexport const \u{1D4D0} = "👩‍👩‍👧";`],
  ])("%s is fine", async (_, change) => {
    writeFileSync(entry, change(text()));
    expect(await verdict()).toBe(100);
  });

  test("nothing at all, or nothing but blanks", async () => {
    writeFileSync(entry, "\uFEFF \n\t\r\n");
    expect(await verdict()).toMatchObject({ id: "file-empty" });
  });
});

describe("names", () => {
  test("another spelling of the name is missing, and named", async () => {
    renameSync(entry, join(folder, "src/Dropout.ts"));
    expect(await verdict()).toEqual({
      id: "file-missing",
      what: expect.stringContaining("Dropout.ts"),
    });
  });

  test.each([
    "=1+1",
    "::error::x",
    "a\u001B[2Jb",
    "-rf",
    "a b\tc",
    "\u202Etxt.exe",
    "con",
    "{{x}}",
    "$(id)",
    "x".repeat(200),
  ])("a folder called %j is graded", async (name) => {
    const odd = join(outside, name);
    renameSync(folder, odd);
    expect(await verdict(odd)).toBe(100);
  });

  test.each([
    "../secret.ts",
    "../../secret.ts",
    "./../../secret.ts",
    "./nested/../../../secret.ts",
    "./%2e%2e/secret.ts",
    "..\\\\secret.ts",
  ])("an import of %j leads nowhere", async (name) => {
    writeFileSync(join(folder, "secret.ts"), `export const secret = "${SECRET}";\n`);
    writeFileSync(entry, `import { secret } from "${name}";\nconsole.log(secret);\n${text()}`);
    const { findings, score } = await grade();
    expect(score).toBe(0);
    expect(findings[0]?.id).toMatch(/^(forbidden-import|import-not-found|syntax-error)$/u);
  });
});

describe("what lies beside the program is neither read, obeyed nor changed", () => {
  /** Settings and packages that would give the grader away if any tool looked at them. */
  function litter(): void {
    const evil = `throw new Error("${SECRET}"); export const Matrix = 1;`;
    const files: Record<string, string> = {
      "package.json": `{ "type": "commonjs", "main": "evil.js", "imports": { "#x": "./evil.js" },
        "scripts": { "preinstall": "touch pwned", "prepare": "touch pwned", "test": "touch pwned" } }`,
      ".npmrc": "node-options=--require=./evil.js\nscript-shell=./evil.js\n",
      ".env": `NODE_OPTIONS=--require=./evil.js\nSECRET=${SECRET}\n`,
      "tsconfig.json": `{ "extends": "./evil.json", "compilerOptions": { "plugins": [{ "name": "./evil.js" }], "target": "es3", "paths": { "ml-matrix": ["./evil"] } } }`,
      "src/tsconfig.json": "not even JSON",
      "src/package.json": "{",
      "evil.js": evil,
      "dropout-grader.json": '{ "points": { "forward.mask": 9999 }, "minScore": 0 }',
      "node_modules/ml-matrix/package.json": '{ "main": "index.js" }',
      "node_modules/ml-matrix/index.js": evil,
      "node_modules/typescript/index.js": evil,
      "node_modules/ts-morph/index.js": evil,
      "node_modules/quickjs-emscripten-core/index.js": evil,
      "src/node_modules/ml-matrix/index.ts": evil,
      "src/extra.ts": evil,
      "test/dropout.test.ts": evil,
    };
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      mkdirSync(join(path, ".."), { recursive: true });
      writeFileSync(path, content);
    }
  }

  test("in a grader that runs elsewhere", async () => {
    litter();
    const before = snapshotOf(folder);
    const { score, findings, submission } = await grade();
    expect({ score, findings }).toEqual({ score: 100, findings: [] });
    expect(submission.files.map(({ path }) => path)).toEqual([
      "src/dropout.ts",
      "src/helpers.ts",
      "src/types.ts",
    ]);
    expect(snapshotOf(folder)).toEqual(before);
  });

  test("on the command line, with the student's folder as its home", async () => {
    litter();
    const before = snapshotOf(folder);
    const env = { HOME: folder, npm_config_userconfig: join(folder, ".npmrc") };
    const ended = await gradeWatched([folder, "--format", "json", "--seed", SEED], 60, { env });
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: "" });
    expect(ended.stdout).toContain('"score": 100');
    for (const secret of [...ended.secrets, SECRET]) expect(ended.stdout).not.toContain(secret);
    expect(snapshotOf(folder)).toEqual(before);
  });

  test("an archive is no submission, and is not unpacked", async () => {
    const archive = join(outside, "submission.zip");
    writeFileSync(archive, "PK\u0003\u0004");
    expect(await verdict(archive)).toMatchObject({ id: "file-refused" });
  });
});
