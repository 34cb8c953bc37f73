import { describe, expect, test } from "vitest";
import { correctPrograms, wrongPrograms } from "../../../bench/accuracy/corpus.ts";
import { examine } from "../../../bench/accuracy/oracle/oracle.ts";
import { backward, forward } from "../../../bench/accuracy/oracle/network.ts";
import type { Program } from "../../../bench/accuracy/program.ts";
import { networkCases } from "../fixtures.ts";

/** Some of them, from beginning to end: `npm run bench:accuracy` takes them all. */
const everyFourth = (programs: readonly Program[]) => programs.filter((_, k) => k % 4 === 0);

/** One of each folder under `solutions/wrong`. */
function oneOfEach(programs: readonly Program[]): Program[] {
  const byGroup = new Map(programs.map((program) => [program.id.split("--")[1], program]));
  return [...byGroup.values()];
}

describe("the oracle", () => {
  test.each(everyFourth(correctPrograms()))("holds $id to be right", async (program) => {
    expect(await examine(program)).toEqual({ isRight: true, reasons: {} });
  });

  test.each(everyFourth(oneOfEach(wrongPrograms())))("holds $id to be wrong", async (program) => {
    expect((await examine(program)).isRight).toBe(false);
  });

  test.each(networkCases)("has the numbers of $name", ({ fixture }) => {
    const [nx, n1, n2] = fixture.sizes;
    // The oracle's own networks have one output unit; its formulas do not care.
    const { X, Y, parameters, keep_prob, m, expected } = fixture;
    const network = { sizes: { nx, n1, n2, m }, X, Y, parameters };
    const cache = forward(network, expected.cache, keep_prob);
    const found = { ...cache, ...backward(network, cache, keep_prob) };
    for (const [key, rows] of Object.entries({ ...expected.cache, ...expected.gradients })) {
      const own = Object.entries(found).find(([name]) => name === key)?.[1] ?? [];
      expect(own).toHaveLength(rows.length);
      own.flat().forEach((x, k) => expect(x).toBeCloseTo(rows.flat()[k] ?? Number.NaN, 9));
    }
  });

  test("ends a loop that never ends", async () => {
    const files = new Map([["src/dropout.ts", "export function predict() { for (;;); }"]]);
    const { reasons } = await examine({ id: "endless", files });
    expect(reasons.predict).toMatch(/timed out/);
    expect(reasons.forward).toMatch(/not an exported function/);
  });
});
