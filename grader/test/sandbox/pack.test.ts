/** How a call crosses to the worker. */

import { expect, test } from "vitest";
import { packCall } from "../../src/sandbox/pack.ts";
import type { Call } from "../../src/model/observation.ts";

const call = (id: string, ...draws: number[]): Call => ({
  ...{ id, fn: "forward_propagation_with_dropout" },
  args: [{ kind: "rng", draws: Float64Array.from(draws) }],
});

// A program may draw more than it is handed, and repeats itself none the less.
test("the same draws go on in the same way in another call, and other draws in another", () => {
  const first = packCall(call("first", 0.1, 0.2));
  expect(packCall(call("again", 0.1, 0.2)).text).toBe(first.text);
  expect(packCall(call("other", 0.2, 0.1)).text).not.toBe(first.text);
});
