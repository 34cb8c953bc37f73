import { fileURLToPath } from "node:url";
import { RUBRIC } from "../../src/assignment/rubric.ts";
import { openGraderOn } from "../../src/grade.ts";
import { limitsSchema } from "../../src/model/limits.ts";
import type { Graded, Grader } from "../../src/model/grader.ts";
import type { CheckId } from "../../src/model/rubric.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";

/** The built worker: `npm run build` first. */
export const workerUrl = new URL("../../dist/worker.js", import.meta.url);
export const CLI = fileURLToPath(new URL("../../bin/grade.js", import.meta.url));
export const COURSE = fileURLToPath(new URL("../../../solutions/correct/course", import.meta.url));

export const SEED = "hostile";

const points = Object.fromEntries(RUBRIC.map(({ id, points: of }) => [id, of])) as Record<
  CheckId,
  number
>; // RUBRIC has a row for every check

/** A grader with limits as they are by default, in a worker of its own. */
export function openTestGrader(worker: URL = workerUrl): Grader {
  return openGraderOn(openSandbox({ workerUrl: worker }), {
    limits: limitsSchema.parse({}),
    points,
  });
}

/** What is left of the marks, check by check, and why. */
export function marksOf({ report }: Graded): string[] {
  const found = report.findings.map(({ id, check }) => `${check} ${id}`);
  return [...report.checks.map((check) => `${check.id} ${check.status} ${check.points}`), ...found];
}
