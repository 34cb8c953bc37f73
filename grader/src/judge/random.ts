import seedrandom from "seedrandom";

/** Uniform numbers in [0, 1) that depend on the seed and the purpose alone. */
export function randomFor(seed: string, purpose: string): () => number {
  return seedrandom(`${seed}\n${purpose}`);
}

/**
 * What a seed gives, made once for as long as the seed stays the same: a class is usually graded with
 * one, and making the inputs takes as long as a good part of the judging. Nobody may change it.
 */
export function oncePerSeed<T>(make: (seed: string) => T): (seed: string) => T {
  let last: { seed: string; made: T } | undefined;
  return (seed) => {
    if (last?.seed !== seed) last = { seed, made: make(seed) };
    return last.made;
  };
}
