/** What is run beside the call in which something is off. */

import { expect, test } from "vitest";
import * as B from "../../src/assignment/block.ts";
import { bystanders, withWhatItKeeps } from "../../src/judge/bystanders.ts";
import type { Culprit } from "../../src/model/diagnosis.ts";
import type { Arg, Call } from "../../src/model/observation.ts";
import type { FunctionName } from "../../src/model/submission.ts";

const matrix = (rows: number, cols: number): Arg => ({
  ...{ kind: "matrix", container: "Matrix", element: "number" },
  block: B.block(rows, cols, () => 1),
});
const scalar = (value: number): Arg => ({ kind: "scalar", value });

const FORWARD = "forward_propagation_with_dropout";
const BACKWARD = "backward_propagation_with_dropout";

const call = (id: string, fn: FunctionName, args: Arg[]): Call => ({ id, fn, args });
const CALLS = new Map(
  [
    call("large", FORWARD, [matrix(4, 9), scalar(0.8)]),
    call("small", FORWARD, [matrix(4, 2), scalar(0.8)]),
    call("smallest-but-plain", FORWARD, [matrix(4, 1), scalar(1)]),
    call("own", BACKWARD, [matrix(4, 2), { kind: "kept", call: "small" }, scalar(0.8)]),
    call("made", BACKWARD, [matrix(4, 9), scalar(0.3)]),
    // Fewer numbers, and more to do with them.
    call("many-examples", "predict", [matrix(2, 30), { kind: "record", entries: {} }]),
    call("one-example", "predict", [
      matrix(4, 1),
      { kind: "record", entries: { W: matrix(9, 9) } },
    ]),
  ].map((one) => [one.id, one]),
);

const culprit = (fn: FunctionName): Culprit => ({ fn, clues: [] });

test("a small call that leaves nothing out, of each function that nobody accuses", () => {
  expect(bystanders(["large"], [culprit(FORWARD)], CALLS)).toEqual(["made", "one-example"]);
  expect(bystanders(["one-example"], [culprit("predict")], CALLS)).toEqual(["small", "made"]);
});

test("none for a function that runs already", () => {
  expect(bystanders(["own"], [culprit(BACKWARD)], CALLS)).toEqual(["one-example"]);
});

test("none where nothing is wanted", () => {
  expect(bystanders([], [culprit("predict")], CALLS)).toEqual([]);
});

test("the call that a cache is from is run first", () => {
  expect(withWhatItKeeps("own", CALLS).map(({ id }) => id)).toEqual(["small", "own"]);
});
