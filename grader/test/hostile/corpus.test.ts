import { beforeAll, describe, expect, test } from "vitest";
import { reportSchema } from "../../src/model/report.ts";
import type { Report } from "../../src/model/report.ts";
import { FORMATS, reporters } from "../../src/report/index.ts";
import { PLAIN } from "../report/samples.ts";
import { gradeWatched, snapshotOf } from "./canaries.ts";
import type { Watched } from "./canaries.ts";
import { CORPUS, HOSTILE, VERDICTS, verdictOf } from "./corpus.ts";
import { SEED } from "./grade.ts";

/** Long for one that hangs, several times what the slowest takes on a quiet machine. */
const SECONDS = 900;

const reports = new Map<string, Report>();
const runs: Watched[] = [];
let before: string[];
let after: string[];

/** What hangs gets the usual limits, and what ends by itself all the time that it may need. */
const HANGING = CORPUS.filter(({ expected }) => expected.verdict === "timeout");
const ENDING = CORPUS.filter(({ expected }) => expected.verdict !== "timeout");
const AMPLE = JSON.stringify({ limits: { callMs: 20_000, graceMs: 10_000, totalMs: 120_000 } });

beforeAll(async () => {
  before = snapshotOf(HOSTILE);
  for (const [group, config] of [
    [HANGING, "{}"],
    [ENDING, AMPLE],
  ] as const) {
    const options = ["--format", "ndjson", "--seed", SEED, "--config", "config.json"];
    const words = [...group.map(({ path }) => path), ...options];
    runs.push(await gradeWatched(words, SECONDS, { files: { "config.json": config } }));
  }
  after = snapshotOf(HOSTILE);
  for (const line of runs.flatMap(({ stdout }) => stdout.trim().split("\n"))) {
    const report = reportSchema.parse(JSON.parse(line));
    reports.set(report.submission.path, report);
  }
}, SECONDS * 2000);

test("all of them are graded, one after the other, by one grader", () => {
  for (const { code, stderr } of runs) expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect([...reports.keys()]).toEqual([...HANGING, ...ENDING].map(({ path }) => path));
});

test("no threat that one file can hold is left out, and none of the verdicts", () => {
  // The others are about files, about the surroundings or about a class.
  const elsewhere = new Set([35, 36, 38, 41, 46, 47, 48, 49, 50, 52]);
  const held = new Set(CORPUS.map(({ expected }) => expected.threat));
  const all = Array.from({ length: 52 }, (_, i) => i + 1);
  expect(all.filter((threat) => !held.has(threat))).toEqual([...elsewhere]);
  expect(new Set(CORPUS.map(({ expected }) => expected.verdict))).toEqual(new Set(VERDICTS));
});

describe.each(CORPUS)("$name", ({ path, expected }) => {
  const reportOf = (): Report => {
    const report = reports.get(path);
    if (report === undefined) throw new Error(`there is no report on ${path}`);
    return report;
  };

  test("gets its verdict, in its words", () => {
    const { status, findings, score, console: printed } = reportOf();
    const found = {
      verdict: verdictOf(findings),
      findings: findings.map(({ id }) => id),
      score,
      status,
    };
    const { verdict, findings: ids, score: points } = expected;
    expect(found).toEqual({ verdict, findings: ids, score: points, status: "graded" });
    if (expected.message !== undefined) {
      expect(findings[0]?.what).toMatch(new RegExp(expected.message, "su"));
    }
    expect(printed).toContain(expected.console ?? "");
    expect(printed.length).toBeLessThan(4200);
    for (const { what } of findings) expect(what.length).toBeLessThan(1000);
  });

  test("leaves the marks of the functions that it does not touch", () => {
    const touched = (id: string) => expected.attacks.some((name) => id.startsWith(`${name}.`));
    const others = reportOf().checks.filter(({ id }) => !touched(id));
    expect(others.filter(({ points, maxPoints }) => points < maxPoints)).toEqual([]);
  });
});

describe("nothing gets out", () => {
  test("no secret is in any report, in any format", () => {
    const secrets = runs.flatMap((run) => run.secrets);
    const outputs = runs.flatMap(({ stdout, stderr }) => [stdout, stderr]);
    const graded = [...reports.values()].map((report) => ({ report, files: [] }));
    const others = FORMATS.flatMap((format) =>
      graded.map((one) => reporters[format].report(one, PLAIN)),
    );
    for (const output of [...outputs, ...others]) {
      for (const secret of secrets) expect(output).not.toContain(secret);
    }
  });

  test("no path of this machine is in what a program printed or threw", () => {
    for (const { console: printed, findings } of reports.values()) {
      const words = [printed, ...findings.map(({ what }) => what)].join("\n");
      expect(words).not.toContain(process.cwd());
      expect(words).not.toMatch(/node_modules|worker\.js|quickjs/iu);
    }
  });

  test("nothing connected to the open port", () => {
    expect(runs.map(({ connections }) => connections)).toEqual([0, 0]);
  });

  test("no file was written, neither into a submission nor beside the run", () => {
    for (const { left } of runs) expect(left).toEqual(["config.json", "secret.txt"]);
    expect(after).toEqual(before);
  });
});
