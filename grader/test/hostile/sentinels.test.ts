import { afterAll, expect, test } from "vitest";
import { RUBRIC } from "../../src/assignment/rubric.ts";
import { openGraderOn } from "../../src/grade.ts";
import { limitsSchema } from "../../src/model/limits.ts";
import type { Arg, Call, CallOutcome, Value } from "../../src/model/observation.ts";
import type { CheckId } from "../../src/model/rubric.ts";
import type { Sandbox } from "../../src/model/session.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { COURSE, SEED, workerUrl } from "./grade.ts";

const sandbox = openSandbox({ workerUrl });
afterAll(() => sandbox.close());

function numbersIn(value: Arg | Value): number[] {
  if (value.kind === "matrix") return [...value.block.data];
  if (value.kind === "record") return Object.values(value.entries).flatMap(numbersIn);
  if (value.kind === "scalar") return [value.value];
  return value.kind === "rng" ? [...value.draws] : [];
}

/** All gradients but those of the last layer: where the label is 0, `dZ3` is `A3`, which is given. */
function hiddenIn(gradients: Value): number[] {
  if (gradients.kind !== "record") return [];
  const { dZ3: _dZ3, db3: _db3, ...hidden } = gradients.entries;
  return Object.values(hidden).flatMap(numbersIn);
}

/** The sandbox, with everything noted that goes in and comes out. */
function overheard(calls: Call[], outcomes: CallOutcome[]): Sandbox {
  return {
    ...sandbox,
    open: async (submission, limits) => {
      const session = await sandbox.open(submission, limits);
      const note = (made: readonly Call[]) => void calls.push(...made);
      return {
        ...session,
        run: async (made) => {
          note(made);
          const found = await session.run(made);
          outcomes.push(...found);
          return found;
        },
        alone: (made) => {
          note([made]);
          return session.alone(made);
        },
        trace: (made) => {
          note(made);
          return session.trace(made);
        },
      };
    },
  };
}

test("what a right program works out is never among what the sandbox is given", async () => {
  const calls: Call[] = [];
  const outcomes: CallOutcome[] = [];
  const points = Object.fromEntries(RUBRIC.map((row) => [row.id, row.points]));
  const grader = openGraderOn(overheard(calls, outcomes), {
    limits: limitsSchema.parse({}),
    points: points as Record<CheckId, number>, // RUBRIC has a row for every check
  });
  const { report } = await grader.grade(COURSE, SEED);
  expect(report.score).toBe(100);
  const given = new Set(calls.flatMap(({ args }) => args.flatMap(numbersIn)));
  const gradients = outcomes
    .filter(({ fn }) => fn === "backward_propagation_with_dropout")
    .flatMap((outcome) => (outcome.kind === "returned" ? hiddenIn(outcome.value) : []))
    // Short numbers such as 0, 1 and 0.25 come up by themselves.
    .filter((value) => String(value).length > 8);
  expect(gradients.length).toBeGreaterThan(500);
  expect(gradients.filter((value) => given.has(value))).toEqual([]);
});
