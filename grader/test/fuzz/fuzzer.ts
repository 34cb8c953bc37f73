import type fc from "fast-check";

/** Something that is fed with cases until one of them breaks it. */
export interface Fuzzer<Case = unknown> {
  name: string;
  /** What it says when all is well, as the end of "10000 cases: …". */
  promise: string;
  /** Plain data, so that a case can be kept as JSON. */
  cases: fc.Arbitrary<Case>;
  /** Throws where the case breaks something. */
  check(one: Case): void | Promise<void>;
  close?(): Promise<void>;
}

/** Exists so that a list can hold fuzzers of different cases. */
export function defineFuzzer<Case>(fuzzer: Fuzzer<Case>): Fuzzer {
  return fuzzer;
}

/** A sentence about what was found, for the person who reads the failure. */
export function insist(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
