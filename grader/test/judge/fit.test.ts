/** How what was measured depends on keep_prob. */

import { expect, test } from "vitest";
import { fitLaw, shareBound, varying } from "../../src/judge/fit.ts";
import type { Law } from "../../src/model/law.ts";

const N = 240;
const KEEP_PROBS = [0.8, 0.6, 0.3, 0.86, 0.05, 1];
const LAWS: [Law, (keep_prob: number) => number][] = [
  ["keep", (p) => p],
  ["drop", (p) => 1 - p],
];

/** Shares of N units. */
const shares = (of: (keep_prob: number) => number) =>
  KEEP_PROBS.map((keep_prob) => ({
    ...{ keep_prob, found: of(keep_prob) },
    bound: (share: number) => shareBound(share, N),
  }));

test("the right law, where chance allows it", () => {
  expect(
    fitLaw(
      shares((p) => Math.min(1, p + 0.01 * (1 - p))),
      LAWS,
    ).law,
  ).toBe("keep");
});

test("a short cut at 1 hides no law of the other calls", () => {
  const found = fitLaw(
    shares((p) => (p === 1 ? 1 : 1 - p)),
    LAWS,
  );
  expect(found).toMatchObject({ law: "drop", example: { keep_prob: 0.8 } });
});

test("a constant behind a short cut is one", () => {
  const found = fitLaw(
    shares((p) => (p === 1 ? 1 : 0.5)),
    LAWS,
  );
  expect(found).toMatchObject({ law: "constant", value: 0.5 });
});

test("what is four standard deviations off everywhere follows no law", () => {
  const off = (p: number) => 1 - p + 4 * Math.sqrt((p * (1 - p)) / N);
  expect(fitLaw(shares(off), LAWS).law).toBe("other");
});

test("the example is a call in which something is off: 0.8 written out is right with 0.8", () => {
  const found = fitLaw(
    shares(() => 0.8),
    LAWS,
  );
  expect(found).toMatchObject({ law: "constant", example: { keep_prob: 0.6 } });
});

test("where units differ, the example is the furthest from what it should be", () => {
  const spread = { count: 3, median: 1.25, min: 1, max: 1.25 };
  const even = { count: 3, median: 2, min: 2, max: 2 };
  const found = varying([
    { keep_prob: 0.5, spread: even },
    { keep_prob: 0.8, spread },
  ]);
  expect(found).toEqual({ law: "other", example: { keep_prob: 0.8, found: 1, isPart: true } });
});
