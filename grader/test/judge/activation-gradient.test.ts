import { describe, expect, test } from "vitest";
import * as B from "../../src/assignment/block.ts";
import { oddActivationGradient } from "../../src/judge/activation-gradient.ts";

const rows = (...values: number[][]) =>
  B.block(values.length, values[0]?.length ?? 0, (i, j) => values[i]?.[j] ?? 0);

/** Live and kept, live and dropped, dead and kept, dead and dropped. */
const raw = rows([1, -2], [3, -4]);
const D = rows([1, 0], [1, 0]);
const Z = rows([1, 1], [-1, -1]);
const odd = (dA: number[][]) =>
  oddActivationGradient({ dA: rows(...dA), raw, D, Z, keep_prob: 0.5 });

describe("dA as it was returned", () => {
  test.each([
    [
      "after mask and scale",
      [
        [2, 0],
        [6, 0],
      ],
    ],
    [
      "before both",
      [
        [1, -2],
        [3, -4],
      ],
    ],
    [
      "masked and not scaled yet",
      [
        [1, 0],
        [3, 0],
      ],
    ],
    [
      "scaled and not masked yet",
      [
        [2, -4],
        [6, -8],
      ],
    ],
    [
      "scaled only where the mask keeps",
      [
        [2, -2],
        [6, -4],
      ],
    ],
    [
      "with the ReLU derivative applied in place",
      [
        [2, 0],
        [0, 0],
      ],
    ],
  ])("%s is accepted", (_, dA) => {
    expect(odd(dA)).toBeUndefined();
  });

  test.each([
    [
      "nothing",
      [
        [0, 0],
        [0, 0],
      ],
      { row: 0, column: 0, found: 0, expected: 2 },
    ],
    [
      "another scale",
      [
        [3, 0],
        [9, 0],
      ],
      { row: 0, column: 0, found: 3, expected: 2 },
    ],
    [
      "another value where it is dropped",
      [
        [2, 5],
        [6, 0],
      ],
      { row: 0, column: 1, found: 5, expected: 0 },
    ],
    [
      "no number",
      [
        [2, 0],
        [Number.NaN, 0],
      ],
      { row: 1, column: 0, found: Number.NaN, expected: 6 },
    ],
  ])("%s is not", (_, dA, entry) => {
    expect(odd(dA)).toEqual(entry);
  });
});
