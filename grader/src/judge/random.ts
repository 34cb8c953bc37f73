import seedrandom from "seedrandom";

/** Uniform numbers in [0, 1) that depend on the seed and the purpose alone. */
export function randomFor(seed: string, purpose: string): () => number {
  return seedrandom(`${seed}\n${purpose}`);
}
