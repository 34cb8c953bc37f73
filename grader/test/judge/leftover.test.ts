import { describe, expect, test } from "vitest";
import * as B from "../../src/assignment/block.ts";
import { leftoverOf } from "../../src/judge/leftover.ts";

const rows = (...values: number[][]) =>
  B.block(values.length, values[0]?.length ?? 0, (i, j) => values[i]?.[j] ?? 0);

const relu = rows([1, 2, 3], [4, 0, 6]);
const D = rows([1, 0, 1], [0, 0, 1]);
const leftover = (...activation: number[][]) =>
  leftoverOf(rows(...activation), relu, { D, keep_prob: 0.5 });

describe("what dropped units hold", () => {
  test("one number", () => {
    expect(leftover([2, 0.01, 6], [0.01, 0.01, 12])).toEqual({ kind: "constant", value: 0.01 });
  });

  test("a multiple of their own", () => {
    expect(leftover([2, -4, 6], [-8, 0, 12])).toEqual({ kind: "multiple", value: -2 });
  });

  test("what was added to all", () => {
    expect(leftover([1.5, 0.5, 3.5], [0.5, 0.5, 6.5])).toEqual({ kind: "constant", value: 0.5 });
  });

  test.each([
    ["0, as they should", [2, 0, 6], [0, 0, 12]],
    ["what they held before: the mask was not applied", [2, 2, 6], [4, 0, 12]],
    ["the same multiple as the others", [2, 4, 6], [8, 0, 12]],
    ["another activation throughout", [0.7, 0.9, 0.99], [0.8, 0, 0.999]],
  ])("nothing of note: %s", (_, ...activation) => {
    expect(leftover(...activation)).toBeUndefined();
  });

  test("where none is kept, the others are thought as they should be", () => {
    const none = { D: B.map(D, () => 0), keep_prob: 0.5 };
    expect(leftoverOf(rows([-2, -4, -6], [-8, 0, -12]), relu, none)).toMatchObject({ value: -2 });
    expect(leftoverOf(B.scaled(relu, 2), relu, none)).toBeUndefined();
  });
});
