import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { RUBRIC } from "../../src/assignment/rubric.ts";
import { limitsSchema } from "../../src/model/limits.ts";
import { checksWith, UNGRADABLE } from "../report/samples.ts";
import { gradedAt, run } from "./fake-world.ts";
import type { Setting } from "./fake-world.ts";
import { folderWith } from "./folder.ts";

const POOR: Setting = {
  grade: (named) =>
    gradedAt(named, { checks: checksWith({ "forward.mask": { status: "failed" } }) }),
};
const BROKEN: Setting = { grade: () => UNGRADABLE };
const THROWS: Setting = {
  grade: () => {
    throw new Error("a bug in the grader");
  },
};

describe("exit code", () => {
  test.each<[string, string[], Setting, number]>([
    ["full marks", [], {}, 0],
    ["below full marks", [], POOR, 1],
    ["at the score asked for", ["--min-score", "85"], POOR, 0],
    ["one below it", ["--min-score", "86"], POOR, 1],
    ["graded, with 0 asked for", ["--min-score", "0"], POOR, 0],
    ["not gradable", [], BROKEN, 3],
    ["not gradable, with 0 asked for", ["--min-score", "0"], BROKEN, 3],
    ["the grader throws", [], THROWS, 3],
    ["a path that is not there beside one with full marks", [".", "nowhere"], {}, 2],
    ["one below among several", [".", "..", "."], POOR, 1],
  ])("%s", async (_, words, setting, code) => {
    expect((await run(words, setting)).code).toBe(code);
  });

  test("the best of several does not hide the worst", async () => {
    const grade = (named: string) => (named === ".." ? UNGRADABLE : gradedAt(named));
    expect((await run([".", "..", "."], { grade })).code).toBe(3);
  });
});

describe("several paths", () => {
  test("are graded and printed in order, around one that is missing", async () => {
    const { stdout, stderr, graded, closed } = await run([
      ".",
      "nowhere",
      "..",
      "--format",
      "ndjson",
      "--seed",
      "s",
    ]);
    expect(graded).toEqual([
      [".", "s"],
      ["..", "s"],
    ]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).submission.path)).toEqual([".", ".."]);
    expect(stderr).toBe('grade: there is no file or folder "nowhere".\n');
    expect(closed).toBe(1);
  });

  test("end with a count on the terminal", async () => {
    expect((await run([".", ".."])).stdout).toContain(
      "2 graded, 2 with full marks, 0 not gradable.",
    );
  });

  test("are not all lost when the grader fails on one", async () => {
    const grade = (named: string) => {
      if (named === ".") throw new Error("a bug in the grader");
      return gradedAt(named);
    };
    const { stdout, stderr, closed } = await run([".", "..", "--format", "ndjson"], { grade });
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).toContain('the grader failed on "."; this is not the submission\'s fault.');
    expect(stderr).toContain("a bug in the grader");
    expect(closed).toBe(1);
  });

  test("stop when nobody reads any more", async () => {
    const { code, graded, closed, stderr } = await run([".", "..", "."], { readerLeavesAfter: 10 });
    expect(graded).toHaveLength(1);
    expect({ code, closed, stderr }).toEqual({ code: 141, closed: 1, stderr: "" });
  });
});

describe("what the pipeline is given", () => {
  test("by default: this folder, the rubric's points, the default limits, a fresh seed", async () => {
    const { opened, graded } = await run([]);
    const points = Object.fromEntries(RUBRIC.map((row) => [row.id, row.points]));
    expect(opened).toEqual([{ limits: limitsSchema.parse({}), points }]);
    expect(graded).toEqual([[".", "fresh"]]);
  });

  test("--only, repeated and with commas, each check once", async () => {
    const words = ["--only", "predict.labels, forward.mask", "--only", "forward.mask"];
    expect((await run(words)).opened[0]?.only).toEqual(["predict.labels", "forward.mask"]);
  });

  test("the configuration, and the command line before it", async () => {
    const config = {
      points: { "predict.labels": 7 },
      limits: { callMs: 200 },
      seed: "from the file",
      minScore: 3,
    };
    const folder = await folderWith({ "grade.json": `\uFEFF${JSON.stringify(config)}` });
    const words = ["--config", path.join(folder, "grade.json")];
    const fromFile = await run(words, POOR);
    expect(fromFile.opened[0]).toMatchObject({
      points: { "predict.labels": 7, "forward.mask": 15 },
    });
    expect(fromFile.opened[0]?.limits).toEqual({ ...limitsSchema.parse({}), callMs: 200 });
    expect(fromFile.graded).toEqual([[".", "from the file"]]);
    expect(fromFile.code).toBe(0);
    const typed = await run([...words, "--seed", "", "--min-score", "102"], POOR);
    expect(typed.graded).toEqual([[".", ""]]);
    expect(typed.code).toBe(1);
  });
});

describe("--output", () => {
  test("writes the whole report there, nothing to the screen, and leaves no draft", async () => {
    const folder = await folderWith({ "a.json": "old" });
    const { code, stdout } = await run([
      "--format",
      "json",
      "--output",
      path.join(folder, "a.json"),
    ]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(JSON.parse(await readFile(path.join(folder, "a.json"), "utf8")).score).toBe(100);
    expect(await readdir(folder)).toEqual(["a.json"]);
  });

  test("has no colours in it, even on a terminal", async () => {
    const file = path.join(await folderWith({}), "a.txt");
    await run(["--output", file], { isTTY: true });
    expect(await readFile(file, "utf8")).not.toContain("\u001B");
  });
});

describe("colours", () => {
  test.each<[string, string[], Setting, boolean]>([
    ["on a terminal", [], { isTTY: true }, true],
    ["into a pipe", [], {}, false],
    ["--no-color", ["--no-color"], { isTTY: true }, false],
    ["NO_COLOR", [], { isTTY: true, env: { NO_COLOR: "1" } }, false],
    ["an empty NO_COLOR", [], { isTTY: true, env: { NO_COLOR: "" } }, true],
    ["a dumb terminal", [], { isTTY: true, env: { TERM: "dumb" } }, false],
    ["FORCE_COLOR into a pipe", [], { env: { FORCE_COLOR: "1" } }, true],
    ["--no-color against FORCE_COLOR", ["--no-color"], { env: { FORCE_COLOR: "1" } }, false],
  ])("%s", async (_, words, setting, expected) => {
    expect((await run(words, setting)).stdout.includes("\u001B[")).toBe(expected);
  });

  test("the C locale gets marks of ASCII", async () => {
    expect((await run([], { env: { LC_ALL: "C" } })).stdout).toContain("+ 15/15  forward.mask");
    expect((await run([], { env: { LANG: "C.UTF-8" } })).stdout).toContain("✓ 15/15  forward.mask");
  });
});

test.each([["--help"], ["--version"]])(
  "%s says it on the screen and loads no pipeline",
  async (word) => {
    const { code, stdout, stderr, opened } = await run([word]);
    expect({ code, stderr, opened }).toEqual({ code: 0, stderr: "", opened: [] });
    expect(stdout).toContain(word === "--help" ? "Examples:" : "9.8.7");
  },
);

test("--walk asks the pipeline for the walk, and is a part of the call that repeats it", async () => {
  const { opened, stdout } = await run(["--walk", "."]);
  expect(opened).toMatchObject([{ walk: true }]);
  expect(stdout).toContain("grade --seed fresh --walk .");
  const { opened: without } = await run(["."]);
  expect(without[0]).not.toHaveProperty("walk");
});

test("the help fits 80 columns", async () => {
  const { stdout } = await run(["--help"]);
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test("the report says how to repeat the run with what changes it", async () => {
  const { stdout } = await run(["--only", "predict.labels", "--seed", "a b"]);
  expect(stdout).toContain("grade --seed 'a b' --only predict.labels .");
});
