import { describe, expect, test } from "vitest";
import * as B from "../../src/assignment/block.ts";
import { slopeOf } from "../../src/judge/slope.ts";

const rows = (...values: number[][]) =>
  B.block(values.length, values[0]?.length ?? 0, (i, j) => values[i]?.[j] ?? 0);

/** Live and kept twice, live and dropped, dead and kept. */
const raw = rows([1, -2], [3, -4]);
const D = rows([1, 1], [0, 1]);
const Z = rows([1, 1], [1, -1]);
const right = rows([2, -4], [0, -8]);
const slope = (dZ: number[][], dA = right) =>
  slopeOf({ dA, dZ: rows(...dZ), raw, D, Z, A: Z, keep_prob: 0.5 });

describe("the step from a right dA to dZ", () => {
  test("is right where Z is positive and 0 elsewhere", () => {
    expect(
      slope([
        [2, -4],
        [0, 0],
      ]),
    ).toMatchObject({ state: "right" });
  });

  test("may have a factor", () => {
    expect(
      slope([
        [-2, 4],
        [0, 0],
      ]),
    ).toMatchObject({ state: "multiple", factor: -1 });
  });

  test("may let dead units through, or stop live ones", () => {
    expect(
      slope([
        [2, -4],
        [0, -0.08],
      ]),
    ).toMatchObject({ state: "wrong" });
    expect(
      slope([
        [2, 0],
        [0, 0],
      ]),
    ).toMatchObject({ state: "wrong" });
  });

  test("does not show where dZ was made before the mask or the scale", () => {
    expect(
      slope([
        [2, -4],
        [6, 0],
      ]),
    ).toBeUndefined();
    expect(
      slope([
        [1, -2],
        [0, 0],
      ]),
    ).toBeUndefined();
  });

  test("does not show beside a dA that is not right", () => {
    expect(
      slope(
        [
          [1, -2],
          [0, 0],
        ],
        raw,
      ),
    ).toBeUndefined();
  });
});
