import path from "node:path";
import { expect, test } from "vitest";
import { run } from "../cli/fake-world.ts";
import { folderWith } from "../cli/folder.ts";

const SUBMISSION = { "class/ann/src/dropout.ts": "" };

test.each([
  [["class"], "missing required argument 'dir'"],
  [["class", "no-such-folder"], 'there is no folder "no-such-folder".'],
  [["class", "HOME", "--out", "HOME/out"], "lies among the submissions"],
  [["class", "HOME", "--shard", "3/2"], "Expected a part of the whole such as 2/8"],
  [["class", "HOME", "--shard", "1/2"], "--shard needs --seed or a secret"],
  [["class", "HOME", "--jobs", "0"], "Expected a whole number, 1 or more."],
  [["class", "HOME", "--write", "canvsa"], 'Did you mean "canvas"?'],
  [
    ["class", "HOME", "--roster", "no.csv"],
    'cannot use the roster "no.csv": there is no such file',
  ],
  [["class", "HOME", "--secret-file", "no.txt"], 'cannot read the secret "no.txt"'],
  [["class", "HOME", "--compare", "HOME"], "cannot compare with"],
  [["class", "HOME", "--format", "ndjson", "--anonymous"], "use --write ndjson"],
  [["class", "HOME/ann"], "is one submission, not a folder of them. To grade it: grade /"],
  [["class", "HOME", "--pick", "nobody-*"], "there is no submission in"],
  [["merge", "HOME"], "grade merge needs --out"],
  [["merge", "HOME", "--out", "HOME-merged"], "is no --out folder of grade class"],
  [["--seed-for", "ann"], "--seed-for needs the class's secret"],
])("%j ends with 2 and says why", async (words, why) => {
  const home = path.join(await folderWith(SUBMISSION), "class");
  const { code, stderr, stdout } = await run(words.map((word) => word.replace("HOME", home)));
  expect(stderr).toContain(why);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test("a secret that could be guessed is refused, and not printed", async () => {
  const { code, stderr } = await run(["--seed-for", "ann"], { env: { GRADE_SECRET: "hunter2" } });
  expect(code).toBe(2);
  expect(stderr).toContain("shorter than 16 characters");
  expect(stderr).not.toContain("hunter2");
});

test("the help of the commands fits 80 columns", async () => {
  for (const command of ["class", "merge", "verify"]) {
    const { code, stdout } = await run([command, "--help"]);
    expect(code).toBe(0);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  }
});
