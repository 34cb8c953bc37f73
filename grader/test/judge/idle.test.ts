/** What runs and does nothing. */

import { describe, expect, test } from "vitest";
import * as B from "../../src/assignment/block.ts";
import { idleIn } from "../../src/judge/walk/idle.ts";
import type { Block, Trace, TraceSite } from "../../src/model/observation.ts";

const block = (x: number) => B.block(1, 2, (_, j) => x + j);

const site = (line: number, more: Partial<TraceSite>): TraceSite => ({
  location: { file: "src/dropout.ts", line, column: 1, endLine: line, endColumn: 9 },
  ...{ role: "value", name: "x", changes: "x", scope: 1, order: line, values: [] },
  ...more,
});

/** The trace of steps in order: where, and what it held. */
function traceOf(...steps: [TraceSite, number | Block][]): Trace {
  for (const [at, [one, value]] of steps.entries()) one.values.push({ at, value });
  const sites = [...new Set(steps.map(([one]) => one))];
  return { outcome: { id: "c", fn: "predict", kind: "stack-overflow" }, sites, cut: false };
}

const made = () => site(1, {});
const self = (line = 2) => site(line, { reads: "x" });

describe("x = x", () => {
  test("is idle where x held that already", () => {
    expect(idleIn(traceOf([made(), block(1)], [self(), block(1)]))?.line).toBe(2);
  });

  test("is none where x held something else, or nothing that was seen", () => {
    expect(idleIn(traceOf([made(), block(1)], [self(), block(2)]))).toBeUndefined();
    expect(idleIn(traceOf([self(), block(1)]))).toBeUndefined();
  });

  test("is one of its function: another's x is another variable", () => {
    const elsewhere = site(1, { scope: 2 });
    expect(idleIn(traceOf([elsewhere, block(1)], [self(), block(1)]))).toBeUndefined();
  });

  test("has to be idle whenever it runs", () => {
    const [begin, again, one] = [made(), site(3, {}), self()];
    const changed: [TraceSite, Block] = [again, block(5)];
    expect(
      idleIn(traceOf([begin, block(1)], [one, block(1)], changed, [one, block(5)]))?.line,
    ).toBe(2);
    const other = self();
    expect(
      idleIn(traceOf([made(), block(1)], [other, block(1)], [other, block(5)])),
    ).toBeUndefined();
  });

  // One pass: to look back at everything for each of them would take minutes.
  test("may be said very often", () => {
    const [one, two, three] = [self(2), self(3), self(4)];
    const often = Array.from({ length: 40_000 }, () =>
      [one, two, three].map((s): [TraceSite, Block] => [s, block(1)]),
    );
    expect(idleIn(traceOf([made(), block(1)], ...often.flat()))?.line).toBe(2);
  });
});
