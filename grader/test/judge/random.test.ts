import { expect, test } from "vitest";
import { oncePerSeed, randomFor } from "../../src/judge/random.ts";

test("what a seed gives is made once while the seed stays the same, and is the same after another", () => {
  const made: string[] = [];
  const of = oncePerSeed((seed) => {
    made.push(seed);
    return [randomFor(seed, "test")()];
  });
  const first = of("a");
  expect(of("a")).toBe(first);
  expect(of("b")).not.toEqual(first);
  expect(of("a")).toEqual(first);
  expect(made).toEqual(["a", "b", "a"]);
});
