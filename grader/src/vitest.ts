/**
 * The rubric as vitest tests, for a student's own `test/dropout.test.ts`: the checks, points and
 * messages of `grade`, on the student's own module, in which breakpoints and `console.log` work.
 */

import { url } from "node:inspector";
import { isMainThread } from "node:worker_threads";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, inject, test } from "vitest";
import { RUBRIC } from "./assignment/rubric.ts";
import type { MatrixClass } from "./in-process/call-program.ts";
import { WARM } from "./in-process/channel.ts";
import { complaintOf, summaryOf } from "./in-process/complaint.ts";
import { gradeByWarm, gradeHere } from "./in-process/grade-module.ts";
import type { OwnModule } from "./in-process/grade-module.ts";
import type { Graded } from "./model/grader.ts";

/** What the tests are about. */
export interface RubricOptions {
  /** The folder that holds `src/dropout.ts`, as in `new URL("..", import.meta.url)`. */
  folder: URL;
  /** Imports the module, as in `() => import("../src/dropout.ts")`. */
  load: () => Promise<object>;
  /** The `Matrix` of the `ml-matrix` that the module imports. */
  Matrix: MatrixClass;
  /** The grader's inputs come from it; another seed, other inputs. */
  seed?: string;
}

/** As in the sandbox; a debugger may hold a call up for as long as it likes. */
const CALL_MS = 1000;
const PATIENCE_MS = 120_000;

/** Registers one test for each check of the rubric. */
export function rubric({ folder, load, Matrix, seed = "rubric" }: RubricOptions): void {
  const full = RUBRIC.reduce((sum, { points }) => sum + points, 0);
  describe(`dropout (${full} points)`, () => {
    let graded: Graded | undefined;
    const warm = isMainThread ? undefined : inject(WARM);
    const debugging = warm?.debugging ?? url() !== undefined;
    beforeAll(
      async () => {
        const callMs = debugging ? undefined : CALL_MS;
        const own: OwnModule = { folder: fileURLToPath(folder), load, Matrix, seed, callMs };
        graded = await (warm === undefined ? gradeHere(own) : gradeByWarm(own, warm));
      },
      debugging ? 0 : PATIENCE_MS,
    );
    for (const { id, title, points } of RUBRIC) {
      test(`${id}: ${title} (${points} points)`, () => {
        const complaint = graded && complaintOf(graded, id, fileURLToPath(folder));
        if (complaint) throw complaint;
      });
    }
    afterAll(() => {
      // eslint-disable-next-line no-console -- the score belongs beside the tests' own output
      if (graded) console.log(summaryOf(graded.report));
    });
  });
}
