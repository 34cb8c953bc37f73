import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { allFuzzers } from "./fuzzers.ts";
import { keptCases } from "./kept.ts";

/** A short run; `npm run fuzz -- --minutes N` is the long one. */
const RUNS: Record<string, number> = {
  sources: 60,
  values: 300,
  results: 10,
  configurations: 1000,
  escapers: 60,
  documents: 60,
};
const SEED = 20_140_615;

describe.each(allFuzzers())("$name", ({ name, cases, check, close }) => {
  afterAll(() => close?.());

  test("what broke once holds", async () => {
    const kept = keptCases(name);
    expect(kept.length).toBeGreaterThan(0);
    for (const { file, one } of kept) {
      await expect(Promise.resolve(one).then(check), file).resolves.toBeUndefined();
    }
  });

  test("a short run finds nothing", async () => {
    const runs = RUNS[name] ?? 0;
    const property = fc.asyncProperty(cases, async (one) => check(one));
    await expect(fc.assert(property, { numRuns: runs, seed: SEED })).resolves.toBeUndefined();
  });
});
