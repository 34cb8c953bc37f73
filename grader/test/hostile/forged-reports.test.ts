import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Graded } from "../../src/model/grader.ts";
import type { Report } from "../../src/model/report.ts";
import { reveal, REVEALS } from "../../src/report/reveal.ts";
import { run } from "../cli/fake-world.ts";
import { checksWith, gradedWith, UNSCALED } from "../report/samples.ts";
import { gradeWatched } from "./canaries.ts";
import { COURSE, SEED } from "./grade.ts";

const WRONG = join(COURSE, "../../wrong/forward-no-scale/course-without-step-4");
const SECONDS = 300;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "forged-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

describe("grade verify", () => {
  const FAILED = checksWith({ "forward.scaled": { status: "failed" } });
  const own = gradedWith({ checks: FAILED, findings: [UNSCALED] });
  const answer = (path: string, seed: string): Graded => ({
    ...own,
    report: { ...own.report, seed, submission: { ...own.report.submission, path } },
  });
  const verify = async (report: unknown, words: string[] = [], grade = answer) =>
    await run(["verify", write("report.json", report), COURSE, ...words], { grade });

  test("a report that the grader gives again is what it says, wherever it was made", async () => {
    const { code, stdout, graded, closed } = await verify(own.report);
    expect(code).toBe(0);
    expect(stdout).toContain(
      `is what the grader says of ${COURSE}.\n85 of 100 points, with its seed 7f3a91c2 and with fresh.\n`,
    );
    expect(graded).toEqual([
      [COURSE, "7f3a91c2"],
      [COURSE, "fresh"],
    ]);
    expect(closed).toBe(1);
  });

  test.each(REVEALS)("of a report that shows %s, what it shows is checked", async (level) => {
    const shown = reveal(own, level).report;
    expect((await verify(shown)).code).toBe(0);
    expect((await verify({ ...shown, score: 100 })).code).toBe(1);
  });

  const { report } = own;
  const FORGED: [string, Partial<Report>, string][] = [
    ["points", { score: 100 }, "score: the report has 100 of 100, the grader 85 of 100"],
    [
      "checks",
      { checks: checksWith({}) },
      "forward.scaled: the report has passed, 15 of 15, the grader failed, 0 of 15",
    ],
    ["findings", { findings: [] }, "findings: the report has none, the grader forward-no-scale"],
    ["words", { findings: [{ ...UNSCALED, what: "A trifle." }] }, "the text of the report is not"],
    ["printed text", { console: "well done" }, "the text of the report is not"],
    ["the grader's version", { grader: "9" }, "grader's version: the report has 9, the grader"],
    [
      "a friend's file",
      { submission: { path: "a", files: [{ path: "src/dropout.ts", sha256: "cd".repeat(32) }] } },
      "src/dropout.ts: the report has cdcdcdcdcdcd, the grader abababababab",
    ],
    [
      "a file that is not there",
      { submission: { path: "a", files: [] } },
      "src/dropout.ts: the report has no such file, the grader abababababab",
    ],
  ];
  test.each(FORGED)("forged: %s", async (_, change, line) => {
    const { code, stdout } = await verify({ ...report, ...change });
    expect(code).toBe(1);
    expect(stdout).toContain("is not what the grader says");
    expect(stdout).toContain(`\n  ${line}`);
  });

  test("a mark that holds with one seed alone is no mark", async () => {
    const knowsItsSeed = (path: string, seed: string): Graded =>
      seed === "lucky" ? gradedWith({ seed, submission: { path, files: [] } }) : answer(path, seed);
    const lucky = knowsItsSeed("alice", "lucky").report;
    const { code, stdout } = await verify(lucky, [], knowsItsSeed);
    expect(code).toBe(1);
    expect(stdout).toContain(
      "\n  score, with another seed: the report has 100 of 100, the grader 85 of 100\n",
    );
  });

  test("its texts are shown and do nothing", async () => {
    const grader = "\u001B[2J\n::add-mask::x";
    const { stdout } = await verify({ ...report, grader });
    expect(stdout).toContain(String.raw`the report has \u{1b}[2J\u{a}::add-mask::x`);
    expect(stdout).not.toMatch(/\u001B|^\s*::/mu);
  });

  test("a grader that fails knows nothing of the report", async () => {
    const fails = (): Graded => gradedWith({ status: "ungradable" });
    const { code, stdout, stderr } = await verify(report, [], fails);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain("nothing is known of the report");
  });

  test.each([
    ["no JSON", "{", "does not read as one"],
    ["no report", { score: 100 }, "does not read as one"],
    ["too long", " ".repeat(17 * 1024 * 1024), "no file of the size of a report"],
  ])("a file that is %s is a wrong call", async (_, content, why) => {
    const { code, stderr, opened } = await verify(content);
    expect({ code, opened }).toEqual({ code: 2, opened: [] });
    expect(stderr).toContain(`report.json": `);
    expect(stderr).toContain(why);
  });

  test("so is a path that is not there, and a word too few or too many", async () => {
    const file = write("report.json", report);
    expect((await run(["verify", `${file}x`, COURSE])).stderr).toContain("no such file");
    expect((await run(["verify", folder, COURSE])).stderr).toContain("no file of the size");
    expect((await run(["verify", file, `${COURSE}x`])).stderr).toContain("Did you mean");
    for (const words of [[file], [file, COURSE, "more"]])
      expect((await run(["verify", ...words])).code).toBe(2);
  });

  test("--only, --config and --seed are as they are for grading", async () => {
    const config = write("config.json", { points: { "predict.labels": 6 } });
    const words = ["--only", "predict.labels", "--config", config, "--seed", "mine"];
    const { opened, graded } = await verify(report, words);
    expect(opened[0]).toMatchObject({
      only: ["predict.labels"],
      points: { "predict.labels": 6 },
    });
    expect(graded.map(([, seed]) => seed)).toEqual(["7f3a91c2", "mine"]);
  });
});

describe("a repository that its owner has edited", () => {
  let repository: string;
  beforeEach(() => {
    repository = mkdtempSync(join(folder, "repository-"));
    cpSync(WRONG, repository, { recursive: true });
  });

  const reportOf = async (path: string): Promise<Report> => {
    const words = [path, "--format", "json", "--seed", SEED];
    return JSON.parse((await gradeWatched(words, SECONDS)).stdout);
  };

  /** What makes its own checks say that all is well. */
  function edit(): void {
    const files = {
      ".github/workflows/grade.yml": "on: push\njobs: { grade: { steps: [{ run: exit 0 }] } }\n",
      "test/dropout.test.ts": 'import { test } from "vitest";\ntest("all", () => {});\n',
      "config.json": '{ "points": { "forward.scaled": 0 }, "minScore": 0 }',
      "report.json": JSON.stringify({ score: 100 }),
      "results.json": JSON.stringify({ score: 100 }),
      "package.json": '{ "scripts": { "test": "exit 0", "grade": "exit 0" } }',
      "node_modules/dropout-grader/package.json": '{ "bin": "./index.js" }',
    };
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(repository, name, ".."), { recursive: true });
      writeFileSync(join(repository, name), content);
    }
  }

  test("has, when its teacher grades it, the mark that it had", async () => {
    const before = await reportOf(repository);
    expect(before.score).toBeLessThan(100);
    edit();
    expect(await reportOf(repository)).toEqual(before);
    // As one of a class it has the same.
    const submissions = mkdtempSync(join(folder, "class-"));
    cpSync(repository, join(submissions, "alice"), { recursive: true });
    const out = join(folder, "grades");
    const words = ["class", submissions, "--out", out, "--seed", SEED];
    expect((await gradeWatched(words, SECONDS)).code).toBe(0);
    const [name = ""] = readdirSync(join(out, "results"));
    const { graded } = JSON.parse(readFileSync(join(out, "results", name), "utf8"));
    expect(graded.report.checks).toEqual(before.checks);
  });

  test("cannot pass off a report that it has edited, nor a friend's", async () => {
    const honest = await reportOf(repository);
    const verify = async (report: Report) =>
      await gradeWatched(["verify", write("r.json", report), repository], SECONDS);
    expect(await verify(honest)).toMatchObject({ code: 0, stderr: "" });
    const checks = honest.checks.map((one) => ({
      ...one,
      points: one.maxPoints,
      status: "passed" as const,
    }));
    const edited = await verify({ ...honest, score: 100, checks, findings: [] });
    expect(edited).toMatchObject({ code: 1, stderr: "" });
    expect(edited.stdout).toContain("score: the report has 100 of 100, the grader 85 of 100");
    const friends = await verify(await reportOf(COURSE));
    expect(friends).toMatchObject({ code: 1, stderr: "" });
    expect(friends.stdout).toMatch(/^ {2}src\/dropout\.ts: the report has [0-9a-f]{12}, the/mu);
  });
});
