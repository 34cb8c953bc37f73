import { describe, expect, test } from "vitest";
import * as B from "../../src/assignment/block.ts";
import { PARAMETER_NAMES, type Parameters } from "../../src/assignment/network.ts";
import { forwardScenarios } from "../../src/assignment/scenarios.ts";
import { followsForward } from "../../src/judge/finite-differences.ts";
import { randomFor } from "../../src/judge/random.ts";
import type { BackwardMeasure } from "../../src/model/measurement.ts";
import type { Block, Call, CallOutcome } from "../../src/model/observation.ts";
import type { Session } from "../../src/model/session.ts";

/*
 * A forward pass of its own: one logit for all examples, the sum of all parameters times `slope`.
 * With a = sigmoid(logit), every parameter's derivative of the mean cross-entropy is
 * slope · (a - mean(Y)).
 */
const scenario = forwardScenarios(randomFor("s", "test")).find(({ id }) => id === "mixed-0.8");
if (scenario === undefined) throw new Error("the scenario that is differentiated is gone");
const { parameters, shape } = scenario;
const Y = B.block(1, shape.m, (_, j) => (j % 3 === 0 ? 1 : 0));

function sumOf(call: Call): number {
  const given = call.args[1];
  const entries = given?.kind === "record" ? Object.values(given.entries) : [];
  const blocks = entries.flatMap((arg) => (arg.kind === "matrix" ? [...arg.block.data] : []));
  return blocks.reduce((sum, x) => sum + x, 0);
}

function answering(a: (sum: number) => number): Session {
  const answer = (call: Call): CallOutcome => {
    const A3 = B.block(1, shape.m, () => a(sumOf(call)));
    const matrix = { kind: "matrix", block: A3, container: "Matrix", element: "number" } as const;
    const value = { kind: "record", entries: { A3: matrix } } as const;
    const none = { draws: 0, mathRandomDraws: 0, changedArguments: [] };
    return { id: call.id, fn: call.fn, kind: "returned", value, ...none };
  };
  return { run: (calls: Call[]) => Promise.resolve(calls.map(answer)) } as unknown as Session; // the rest is not asked
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const SLOPE = 0.1;
const whole = PARAMETER_NAMES.flatMap((name) => [...parameters[name].data]);
const logit = SLOPE * whole.reduce((sum, x) => sum + x, 0);
const derivative = SLOPE * (sigmoid(logit) - Y.data.reduce((sum, y) => sum + y, 0) / shape.m);

function gradients(entry: (name: keyof Parameters) => number): BackwardMeasure {
  const own: Record<string, Block> = {};
  for (const name of PARAMETER_NAMES) own[`d${name}`] = B.map(parameters[name], () => entry(name));
  return { own } as unknown as BackwardMeasure; // nothing else is read
}

const asked = (session: Session, measure: BackwardMeasure) =>
  followsForward(session, randomFor("s", "directions"), { scenario, measure, Y });

describe("gradients beside finite differences", () => {
  const student = answering((sum) => sigmoid(SLOPE * sum));

  test("follow a forward pass that they are the derivative of", async () => {
    expect(
      await asked(
        student,
        gradients(() => derivative),
      ),
    ).toBe(true);
  });

  test.each<[what: string, measure: BackwardMeasure]>([
    ["off by one part in ten thousand", gradients(() => derivative * 1.0001)],
    ["of another sign in one parameter", gradients((n) => (n === "b1" ? -1 : 1) * derivative)],
    ["nothing but 0", gradients(() => 0)],
    ["not numbers", gradients(() => Number.NaN)],
    ["missing", { own: {} } as unknown as BackwardMeasure],
  ])("do not when they are %s", async (_, measure) => {
    expect(await asked(student, measure)).toBe(false);
  });

  test("do not follow a cost that no parameter moves, though 0 is its derivative", async () => {
    expect(
      await asked(
        answering(() => 0.5),
        gradients(() => 0),
      ),
    ).toBe(false);
  });

  test("do not follow what is no probability", async () => {
    expect(
      await asked(
        answering((sum) => sum),
        gradients(() => derivative),
      ),
    ).toBe(false);
  });
});
