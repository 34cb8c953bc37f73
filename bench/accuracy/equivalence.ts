/** Why a mutant that the oracle holds to be right is no wrong program. */

import { Matrix } from "ml-matrix";
import type { Mutant } from "./mutate/mutate.ts";
import { GRADIENTS, randomNetwork, type Sizes } from "./oracle/network.ts";
import { asMatrices, runForward } from "./oracle/run-forward.ts";
import type { Program } from "./program.ts";
import { seeded } from "./random.ts";
import { bundle } from "./run/bundle.ts";
import { compile } from "./run/instance.ts";
import { property } from "./run/values.ts";
import { snapshot } from "./oracle/compare.ts";

const CASES: readonly [Sizes, number][] = [
  [{ nx: 4, n1: 6, n2: 7, m: 9 }, 0.8],
  [{ nx: 3, n1: 5, n2: 5, m: 8 }, 0.3],
  [{ nx: 3, n1: 6, n2: 5, m: 1 }, 0.7],
  [{ nx: 5, n1: 4, n2: 6, m: 7 }, 1],
];

/** What is known of an edit by reasoning, whatever the program. */
const REASONS: readonly [before: RegExp, after: RegExp, reason: string][] = [
  [
    /^[<>]=?$/u,
    /^[<>]=?$/u,
    "the two differ only for equal numbers; a draw equals keep_prob, Z equals 0 or A3 equals 0.5 with probability 0",
  ],
  [
    /^Z[12]$/u,
    /^A[12]$/u,
    "A is above 0 where Z is and the unit was kept; where it was dropped, dA is 0 already",
  ],
  [
    /^dA[12]$/u,
    /^dZ[12]$/u,
    "dZ is dA where ReLU passed, and 0 elsewhere: gated once more it stays the same",
  ],
  [/\.clone\(\)$/u, /.*/u, "the copy was of a matrix that nobody else holds"],
];

/** The same calls of both programs, and how far what they return differs. */
export async function reasonFor(mutant: Mutant): Promise<string> {
  const [before, after] = [await observe(mutant.original), await observe(mutant.program)];
  const differing = Object.keys(before).filter((key) => before[key] !== after[key]);
  const known = REASONS.find(([was, is]) => was.test(mutant.before) && is.test(mutant.after))?.[2];
  const seen =
    differing.length === 0
      ? `the same to the bit in ${CASES.length} forward, ${CASES.length} backward and ${CASES.length} predict calls`
      : `other values, as the contract allows, of ${differing.join(", ")}`;
  return known === undefined ? seen : `${known}; ${seen}`;
}

async function observe(program: Program): Promise<Record<string, string>> {
  const instance = compile(await bundle(program))();
  const seen: Record<string, string> = {};
  const add = (key: string, value: unknown) =>
    void (seen[key] = (seen[key] ?? "") + snapshot(value));
  CASES.forEach(([sizes, keep_prob], k) => {
    const network = randomNetwork(seeded(`equivalence ${k}`), sizes);
    const { raw } = runForward(instance, { network, keep_prob, rng: seeded(`draws ${k}`) });
    for (const key of ["Z1", "D1", "A1", "Z2", "D2", "A2", "Z3", "A3"])
      add(key, property(raw, key));
    const args = [new Matrix(network.X), new Matrix(network.Y), raw, keep_prob];
    const { value } = instance.call("backward_propagation_with_dropout", args);
    for (const key of GRADIENTS) add(key, property(value, key));
    const labels = instance.call("predict", [
      new Matrix(network.X),
      asMatrices(network.parameters),
    ]);
    add("labels", labels.value);
  });
  return seen;
}
