/** Every program under `solutions/`, graded, beside what is expected of it. */

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { RUBRIC } from "../src/assignment/rubric.ts";
import { limitsSchema } from "../src/model/limits.ts";
import type { Report } from "../src/model/report.ts";
import type { CheckId } from "../src/model/rubric.ts";

// The built grader: its worker is a file of its own.
const { openGrader } = (await import(
  new URL("../dist/grade.js", import.meta.url).href
)) as typeof import("../src/grade.ts");

const SOLUTIONS = fileURLToPath(new URL("../../solutions/", import.meta.url));

const expectedSchema = z.object({
  findings: z.array(
    z.object({ id: z.string(), file: z.string().optional(), lines: z.array(z.int()).optional() }),
  ),
  failed: z.array(z.string()).default([]),
  blocked: z.array(z.string()).default([]),
});

const points = Object.fromEntries(RUBRIC.map((r) => [r.id, r.points])) as Record<CheckId, number>;
// Time limits are not what is tested here, and machines differ.
const limits = limitsSchema.parse({ callMs: 20_000, totalMs: 300_000 });
const grader = openGrader({ limits, points });
afterAll(() => grader.close());

function programs(folder: string): string[] {
  return readdirSync(path.join(SOLUTIONS, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.name === "expected.json")
    .map((entry) => path.relative(SOLUTIONS, entry.parentPath))
    .toSorted();
}

function expectedOf(program: string) {
  return expectedSchema.parse(
    JSON.parse(readFileSync(path.join(SOLUTIONS, program, "expected.json"), "utf8")),
  );
}

async function reportOn(program: string, seed = "corpus"): Promise<Report> {
  return (await grader.grade(path.join(SOLUTIONS, program), seed)).report;
}

const withStatus = (report: Report, status: string) =>
  report.checks
    .filter((c) => c.status === status)
    .map((c) => c.id)
    .toSorted();

describe("correct programs", () => {
  test.each(programs("correct"))("%s gets full marks", async (program) => {
    const report = await reportOn(program);
    expect(report.findings.map((f) => f.id)).toEqual(expectedOf(program).findings.map((f) => f.id));
    expect(report.score).toBe(100);
  });
});

const located = { right: 0, all: 0 };

describe("wrong programs", () => {
  test.each(programs("wrong"))("%s is named", async (program) => {
    const expected = expectedOf(program);
    const report = await reportOn(program);
    expect(report.findings.map((f) => f.id).toSorted()).toEqual(
      expected.findings.map((f) => f.id).toSorted(),
    );
    expect(withStatus(report, "failed")).toEqual(expected.failed.toSorted());
    expect(withStatus(report, "blocked")).toEqual(expected.blocked.toSorted());
    const passed = withStatus(report, "passed");
    for (const { blockedBy } of report.checks) expect(passed).not.toContain(blockedBy);
    for (const { id, file, lines } of expected.findings) {
      if (lines === undefined) continue;
      const at = report.findings.find((f) => f.id === id)?.location;
      located.all += 1;
      if (at && lines.includes(at.line) && (file ?? at.file) === at.file) located.right += 1;
    }
  });

  // A ReLU in the place of the sigmoid stays between 0 and 1 here.
  test("is named by any seed", async () => {
    const report = await reportOn("wrong/output-activation-wrong/arrays", "stab 510");
    expect(report.findings.map((f) => f.id)).toEqual(["output-activation-wrong"]);
  });

  // The aim is 97%; which of them depends a little on the seed.
  test("lines are those that a mentor would point at, in at least 95%", () => {
    expect(located.all).toBeGreaterThan(200);
    expect(located.right / located.all).toBeGreaterThan(0.95);
  });
});
