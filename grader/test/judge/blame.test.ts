/** From what ran for right and for wrong stages to the place that is to blame. */

import { describe, expect, test } from "vitest";
import * as B from "../../src/assignment/block.ts";
import { blamed } from "../../src/judge/walk/blamed.ts";
import { oddLoop } from "../../src/judge/walk/loops.ts";
import { isOdd, isOddCount, sizesOf } from "../../src/judge/walk/sizes.ts";
import { stoppedBy } from "../../src/judge/walk/stopped.ts";
import { isCleared, suspicions } from "../../src/judge/walk/suspects.ts";
import type { Event, StageTest } from "../../src/judge/walk/tests.ts";
import { locationKey } from "../../src/judge/lines.ts";
import type { Block, Call, TraceSite } from "../../src/model/observation.ts";

const block = (rows: number, cols: number) => B.block(rows, cols, (i, j) => 1 + i * cols + j);

const CALL: Call = {
  id: "c",
  fn: "forward_propagation_with_dropout",
  args: [
    { kind: "matrix", block: block(4, 9), container: "Matrix", element: "number" },
    {
      kind: "record",
      entries: Object.fromEntries(
        [
          ["W1", block(7, 4)],
          ["W2", block(6, 7)],
          ["W3", block(1, 6)],
        ].map(([name, value]) => [
          name,
          { kind: "matrix", block: value as Block, container: "Matrix", element: "number" },
        ]),
      ),
    },
  ],
};

const sizes = sizesOf(CALL, new Map());

const site = (line: number, more: Partial<TraceSite> = {}): TraceSite => ({
  location: { file: "src/dropout.ts", line, column: 1, endLine: line, endColumn: 9 },
  role: "value",
  order: 0,
  values: [],
  ...more,
});

/** Events in order, and sites that know their values. */
function run(...steps: [TraceSite, number | Block][]): Event[] {
  return steps.map(([one, value], at) => {
    one.values.push({ at, value });
    return { at, site: one, value };
  });
}

const stage = (name: string, isReached: boolean, events: Event[]): StageTest => {
  const known = { name, value: block(2, 3) };
  return {
    stage: { name, knowns: [known], goal: { known, factor: 1, value: known.value } },
    ...{ needs: [], inputs: [], seen: [], isReached, hasOwn: true, events },
    actual: block(3, 2),
    keys: new Set(events.map((event) => locationKey(event.site.location))),
  };
};

const terms = { given: [], draws: new Set<number>() };
const beside = { others: [], sites: [], sizes, isAlone: false, isExact: true, terms };

describe("shapes", () => {
  test.each([
    [7, 9, false],
    [9, 6, false],
    [6, 7, false],
    [9, 1, false],
    [1, 63, false],
    [7, 7, true],
    [9, 9, true],
    [7, 8, true],
  ])("%i × %i", (rows, cols, odd) => {
    expect(isOdd(block(rows, cols), sizes)).toBe(odd);
  });

  test("a loop may run as often as there are units, inputs, examples, or layers", () => {
    expect([1, 2, 3, 4, 6, 7, 9].map((n) => isOddCount(n, sizes))).not.toContain(true);
    expect([0, 5, 8, 10].map((n) => isOddCount(n, sizes))).not.toContain(false);
  });
});

describe("a stage that is wrong", () => {
  test("is not the fault of a helper that is right for another stage", () => {
    const helper = site(10, { role: "return" });
    const [first, second] = [site(20), site(21)];
    const events = run([helper, 1], [first, 1], [helper, 2], [second, 2]);
    const tests = [stage("A1", true, events.slice(0, 2)), stage("A2", false, events.slice(2))];
    const found = suspicions(tests, beside);
    expect(found).toHaveLength(1);
    expect(found.map((one) => blamed(one)?.site.location.line)).toEqual([21]);
    expect(isCleared(helper.location, found)).toBe(true);
    expect(isCleared(second.location, found)).toBe(false);
  });

  test("is the fault of a helper that is wrong for all of them", () => {
    const helper = site(10);
    const [first, second] = [site(20), site(21)];
    const events = run([first, 1], [helper, 1], [second, 2], [helper, 2]);
    const tests = [stage("A1", false, events.slice(0, 2)), stage("A2", false, events.slice(2))];
    const found = suspicions(tests, beside);
    expect(found.map((one) => blamed(one)?.site.location.line)).toEqual([10, 10]);
  });

  test("is the fault of a matrix with a shape that nothing has", () => {
    const [before, odd] = [site(4), site(5)];
    const events = run([before, block(7, 9)], [odd, block(9, 9)]);
    const [found] = suspicions([stage("A1", false, events)], beside);
    expect(found && blamed(found)?.site).toBe(odd);
  });

  test("is the fault of a loop that stops one short", () => {
    const head = (line: number, name: string) => site(line, { role: "loop", name });
    const [start, next] = [head(30, "start"), head(30, "next")];
    const rounds = Array.from({ length: 8 }, () => [next, 1] as [TraceSite, number]);
    const events = run([start, 0], ...rounds, [next, 0]);
    expect(oddLoop(events, sizes)?.site).toBe(start);
    expect(oddLoop(run([start, 0], ...rounds, [next, 1], [next, 0]), sizes)).toBeUndefined();
  });
});

describe("a call that stopped", () => {
  const at = site(10).location;

  test("in a helper that had come to its end before: the call of the helper", () => {
    const [inside, end] = [site(10, { scope: 5 }), site(11, { scope: 5, role: "return" })];
    const [one, two] = [site(20, { scope: 50 }), site(21, { scope: 50, role: "given" })];
    run([inside, 1], [end, 1], [one, 1], [two, 2], [inside, 2]);
    const trace = { outcome: { id: "c", fn: CALL.fn, kind: "crashed" as const, message: "" } };
    const sites = [inside, end, one, two];
    expect(
      stoppedBy(at, { ...trace, sites, cut: false }, { sizes, shared: new Set<string>() }).line,
    ).toBe(21);
  });

  test("after a mask of another shape: where that was made", () => {
    const [mask, last] = [site(8, { scope: 50 }), site(10, { scope: 50 })];
    run([mask, block(6, 8)], [last, 1]);
    const trace = { outcome: { id: "c", fn: CALL.fn, kind: "crashed" as const, message: "" } };
    expect(
      stoppedBy(
        at,
        { ...trace, sites: [mask, last], cut: false },
        { sizes, shared: new Set<string>() },
      ).line,
    ).toBe(8);
  });

  test("else: where it stopped", () => {
    const last = site(10, { scope: 50 });
    run([last, 1]);
    const trace = { outcome: { id: "c", fn: CALL.fn, kind: "crashed" as const, message: "" } };
    expect(
      stoppedBy(at, { ...trace, sites: [last], cut: false }, { sizes, shared: new Set<string>() }),
    ).toEqual(at);
  });
});
