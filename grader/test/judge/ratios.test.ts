import { expect, test } from "vitest";
import { explainsBetter } from "../../src/judge/ratios.ts";
import { spreadOf } from "../../src/judge/spread.ts";

const ratiosOf = (...kept: number[]) => ({ kept: spreadOf(kept), dropped: undefined });

test("a single entry that happens to be near 1/keep_prob explains nothing", () => {
  const than = ratiosOf(5);
  expect(explainsBetter(ratiosOf(1.2504), { than, keep_prob: 0.8 })).toBe(false);
});

test("two entries of 1/keep_prob explain what twice another number does not", () => {
  const than = ratiosOf(5, 5);
  expect(explainsBetter(ratiosOf(1.25, 1.25), { than, keep_prob: 0.8 })).toBe(true);
  expect(explainsBetter(ratiosOf(1.25, 1.3), { than, keep_prob: 0.8 })).toBe(false);
});
