import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judgedMutants, rewritings } from "../../../bench/accuracy/generate.ts";
import { gradeAll } from "../../../bench/accuracy/grading.ts";
import { writeProgram, type Program } from "../../../bench/accuracy/program.ts";

let scratch = "";
beforeAll(async () => void (scratch = await mkdtemp(path.join(tmpdir(), "generated-"))));
afterAll(async () => await rm(scratch, { recursive: true, force: true }));

/** Score and names of what costs points, for each program; a grader's own fault is a score of -1. */
async function marks(programs: readonly Program[]) {
  const folders = [];
  for (const program of programs) folders.push(await writeProgram(scratch, program));
  const reports = await gradeAll(folders, "generated");
  return reports.map((report, k) => ({
    id: programs[k]?.id,
    score: report.status === "graded" ? report.score : -1,
    found: report.findings.filter(({ kind }) => kind === "essential").map(({ id }) => id),
  }));
}

/** Each program runs twice, in the oracle and in the grader; a busy machine is no failure. */
const PATIENCE = 600_000;

describe("programs that nobody wrote by hand", { timeout: PATIENCE }, () => {
  test("a right program, rewritten, keeps full marks", async () => {
    const { right, discarded } = await rewritings(40, "tests");
    expect(right).toHaveLength(40);
    expect(discarded.length).toBeLessThan(5);
    expect(new Set(right.flatMap(({ kinds }) => kinds)).size).toBeGreaterThanOrEqual(30);
    const below = (await marks(right.map(({ program }) => program))).filter(
      ({ score }) => score < 100,
    );
    expect(below).toEqual([]);
  });

  test("a wrong edit costs points, a harmless one does not", async () => {
    const mutants = await judgedMutants(51, "tests");
    const isRight = mutants.map(({ verdict }) => verdict.isRight);
    expect(isRight.filter((right) => !right).length).toBeGreaterThanOrEqual(40);
    const found = await marks(mutants.map(({ program }) => program));
    const misjudged = found.filter(({ score }, k) => (score === 100) !== isRight[k]);
    expect(misjudged).toEqual([]);
  });
});
