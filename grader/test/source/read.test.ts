import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { limitsSchema } from "../../src/model/limits.ts";
import { readSubmission } from "../../src/source/read.ts";

const LIMITS = limitsSchema.parse({ fileBytes: 1024, files: 3 });
const onWindows = process.platform === "win32";

let root = "";
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "dropout-read-")));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function write(files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

/** The paths that were read, or `id: suggestion` and the file of the problem. */
async function outcome(path = ""): Promise<string[]> {
  const result = await readSubmission(join(root, path), LIMITS);
  if (result.ok) return result.submission.files.map((file) => file.path);
  const { id, suggestion, file } = result.problem;
  return [id, suggestion ?? "", file ?? ""];
}

const BOM = "\uFEFF";

test.each<[string, Record<string, string | Uint8Array>, string[]]>([
  ["nothing there", {}, ["file-missing", "", "src/dropout.ts"]],
  ["another case", { "src/Dropout.ts": "1" }, ["file-missing", "src/Dropout.ts", "src/dropout.ts"]],
  [
    "a folder in another case",
    { "Src/dropout.ts": "1" },
    ["file-missing", "Src/dropout.ts", "src/dropout.ts"],
  ],
  [
    "beside src",
    { "dropout.ts": "1", "src/x.txt": "" },
    ["file-missing", "dropout.ts", "src/dropout.ts"],
  ],
  ["JavaScript", { "src/dropout.js": "1" }, ["file-missing", "src/dropout.js", "src/dropout.ts"]],
  [
    "a misspelling",
    { "src/droupout.ts": "1", "src/a.ts": "1" },
    ["file-missing", "src/droupout.ts", "src/dropout.ts"],
  ],
  [
    "one folder too deep",
    { "hand-in/src/dropout.ts": "1" },
    ["file-missing", "hand-in/src/dropout.ts", "src/dropout.ts"],
  ],
  [
    "the only program",
    { "src/main.ts": "1", "src/main.test.ts": "1" },
    ["file-missing", "src/main.ts", "src/dropout.ts"],
  ],
  [
    "two that are far off",
    { "src/a.ts": "1", "src/b.ts": "1" },
    ["file-missing", "", "src/dropout.ts"],
  ],
  [
    "a folder for a file",
    { "src/dropout.ts/index.ts": "1" },
    ["file-refused", "", "src/dropout.ts"],
  ],
  ["nothing in it", { "src/dropout.ts": `${BOM} \n\t\n` }, ["file-empty", "", "src/dropout.ts"]],
  ["too large", { "src/dropout.ts": "1".repeat(1025) }, ["file-too-large", "", "src/dropout.ts"]],
  ["just small enough", { "src/dropout.ts": "1".repeat(1024) }, ["src/dropout.ts"]],
  [
    "UTF-16",
    { "src/dropout.ts": Buffer.from(`${BOM}1`, "utf16le") },
    ["file-encoding", "", "src/dropout.ts"],
  ],
  [
    "UTF-16 without a mark",
    { "src/dropout.ts": Buffer.from("1;\n", "utf16le") },
    ["file-encoding", "", "src/dropout.ts"],
  ],
  [
    "a NUL",
    { "src/dropout.ts": "1 // \0 and some more text" },
    ["file-encoding", "", "src/dropout.ts"],
  ],
  [
    "Latin-1",
    { "src/dropout.ts": Buffer.from("// é", "latin1") },
    ["file-encoding", "", "src/dropout.ts"],
  ],
  [
    "a large helper",
    { "src/dropout.ts": `import "./h"`, "src/h.ts": "1".repeat(1025) },
    ["file-too-large", "", "src/h.ts"],
  ],
  [
    "too many files",
    { "src/dropout.ts": `"./a" "./b" "./c"`, "src/a.ts": "", "src/b.ts": "", "src/c.ts": "" },
    ["file-refused", "", "src/c.ts"],
  ],
])("a folder with %s", async (_name, files, expected) => {
  await write(files);
  expect(await outcome()).toEqual(expected);
});

test.each<[string, Record<string, string>, string[]]>([
  [
    "x is x.ts, then x/index.ts, then x.js",
    { "src/dropout.ts": `import "./x"`, "src/x.js": "", "src/x/index.ts": "" },
    ["src/dropout.ts", "src/x/index.ts"],
  ],
  [
    "x.js is x.ts first",
    { "src/dropout.ts": `import './x.js'`, "src/x.js": "", "src/x.ts": "" },
    ["src/dropout.ts", "src/x.ts"],
  ],
  [
    "x.js is itself next",
    { "src/dropout.ts": `import "./x.js"`, "src/x.js": "" },
    ["src/dropout.ts", "src/x.js"],
  ],
  [
    "from a folder back up",
    {
      "src/dropout.ts": `import "./a/b.ts"`,
      "src/a/b.ts": `import "../c"`,
      "src/c.ts": `import "./dropout"`,
    },
    ["src/dropout.ts", "src/a/b.ts", "src/c.ts"],
  ],
  [
    "a folder's index",
    {
      "src/dropout.ts": `import "./a/"`,
      "src/a/index.ts": `import ".."; import "."`,
      "src/index.ts": "",
    },
    ["src/dropout.ts", "src/a/index.ts", "src/index.ts"],
  ],
  [
    "never outside of src",
    {
      "src/dropout.ts": `import "../secret"; import "./../secret"; import "./a/../../secret"`,
      "secret.ts": "",
    },
    ["src/dropout.ts"],
  ],
  [
    "never by another case",
    { "src/dropout.ts": `import "./Helper"`, "src/helper.ts": "" },
    ["src/dropout.ts"],
  ],
  [
    "never packages or settings",
    {
      "src/dropout.ts": `import "x"; import "./tsconfig.json"`,
      "src/tsconfig.json": "{}",
      "node_modules/x/index.ts": "",
    },
    ["src/dropout.ts"],
  ],
])("imports: %s", async (_name, files, expected) => {
  await write(files);
  expect(await outcome()).toEqual(expected);
});

test("a file is a submission of its own folder", async () => {
  await write({ "any/name.ts": `import "./h"; import "../up"`, "any/h.ts": "", "up.ts": "" });
  expect(await outcome("any/name.ts")).toEqual(["name.ts", "h.ts"]);
  expect(await outcome("any/nothing.ts")).toEqual(["path-not-found", "", ""]);
  await write({ "any/notes.txt": "1" });
  expect(await outcome("any/notes.txt")).toEqual(["file-refused", "", ""]);
});

test("keeps the text, strips one byte order mark, and hashes the bytes", async () => {
  await write({ "src/dropout.ts": `${BOM}a\r\nb` });
  const result = await readSubmission(root, LIMITS);
  expect(result).toEqual({
    ok: true,
    submission: {
      path: root,
      entry: "src/dropout.ts",
      files: [
        {
          path: "src/dropout.ts",
          text: "a\r\nb",
          sha256: "bb7fe77b9185814610698ca2785e861545e8f45abee4e4244133f0e0bddb431f",
        },
      ],
    },
  });
});

test.skipIf(onWindows)("refuses symbolic links, wherever they are", async () => {
  await write({ "real/dropout.ts": "1", "a/src/dropout.ts": `import "./h"`, "solution.ts": "1" });
  await mkdir(join(root, "b/src"), { recursive: true });
  await symlink("../../solution.ts", join(root, "b/src/dropout.ts"));
  await symlink("../../solution.ts", join(root, "a/src/h.ts"));
  await mkdir(join(root, "c"));
  await symlink("../real", join(root, "c/src"));
  await symlink("real", join(root, "d"));
  expect(await outcome("b")).toEqual(["file-refused", "", "src/dropout.ts"]);
  expect(await outcome("a")).toEqual(["file-refused", "", "src/h.ts"]);
  expect(await outcome("c")).toEqual(["file-refused", "", "src/dropout.ts"]);
  expect(await outcome("d")).toEqual(["file-refused", "", ""]);
  const named = await readSubmission(join(root, "c"), LIMITS);
  expect(named).toMatchObject({
    problem: { detail: expect.stringContaining("src is a symbolic link") as unknown },
  });
});

test.skipIf(onWindows)("does not wait for a named pipe", async () => {
  await mkdir(join(root, "src"));
  // Node has no call for it.
  execFileSync("sh", ["-c", `mkfifo "$0"`, join(root, "src/dropout.ts")]);
  expect(await outcome()).toEqual(["file-refused", "", "src/dropout.ts"]);
  expect(await outcome("src/dropout.ts")).toEqual(["file-refused", "", ""]);
});

test("writes nothing", async () => {
  await write({ "src/dropout.ts": "1" });
  await outcome();
  expect(await readdir(root, { recursive: true })).toEqual(["src", join("src", "dropout.ts")]);
});
