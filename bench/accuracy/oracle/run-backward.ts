/** Backward calls: on the program's own cache, and on caches made in its style. */

import { Matrix } from "ml-matrix";
import type { Instance } from "../run/instance.ts";
import type { Random } from "../random.ts";
import { mirrored, property, readRows, type Rows } from "../run/values.ts";
import { expectRows, isClose, snapshot, Wrong } from "./compare.ts";
import {
  backward,
  fill,
  forward,
  GRADIENTS,
  map,
  plain,
  times,
  transposed,
  zip,
  type Cache,
  type Gradients,
  type Network,
} from "./network.ts";
import type { ForwardRun } from "./run-forward.ts";

export interface BackwardAsk {
  network: Network;
  /** What the program is given. */
  given: unknown;
  /** The same, as numbers. */
  cache: Cache;
  keep_prob: number;
}

/** @throws Wrong where the gradients are not those of the contract */
export function runBackward(instance: Instance, ask: BackwardAsk): Gradients {
  const { X, Y } = ask.network;
  const args = [new Matrix(X), new Matrix(Y), ask.given, ask.keep_prob];
  const before = snapshot(args);
  const outcome = instance.call("backward_propagation_with_dropout", args);
  if (snapshot(args) !== before) throw new Wrong("backward changes its arguments");
  if (outcome.mathRandomDraws > 0) throw new Wrong("backward draws");
  const expected = backward(ask.network, ask.cache, ask.keep_prob);
  for (const key of ["dW3", "db3", "dW2", "db2", "dW1", "db1"] as const)
    expectRows(key, property(outcome.value, key), orFromMasked(key, expected, ask.cache));
  checkInner(outcome.value, expected, ask);
  return expected;
}

/**
 * The made caches as they are to a program that makes A anew: out of Z, or all of it out of X. A cache
 * of its own forward pass is the same either way, and is asked about too.
 */
export const MADE_ANEW: readonly ((ask: BackwardAsk) => BackwardAsk)[] = [
  (ask) => ask,
  (ask) => {
    const { cache, keep_prob } = ask;
    const dropped = (Z: Rows, D: Rows) => zip(Z, D, (z, d) => (Math.max(0, z) * d) / keep_prob);
    const [A1, A2] = [dropped(cache.Z1, cache.D1), dropped(cache.Z2, cache.D2)];
    return { ...ask, cache: { ...cache, A1, A2 } };
  },
  (ask) => ({ ...ask, cache: forward(ask.network, ask.cache, ask.keep_prob) }),
];

/** dW may be computed from A or from A ∘ D. */
function orFromMasked(key: keyof Gradients, expected: Gradients, cache: Cache): Rows[] {
  if (key !== "dW3" && key !== "dW2") return [expected[key]];
  const [dZ, A, D] =
    key === "dW3" ? [expected.dZ3, cache.A2, cache.D2] : [expected.dZ2, cache.A1, cache.D1];
  const m = A[0]?.length ?? 1;
  const masked = zip(A, D, (a, d) => a * d);
  return [expected[key], map(times(dZ, transposed(masked)), (w) => w / m)];
}

/** dZ and dA, with 1/m folded in or not, and dA before or after mask and scale. */
function checkInner(value: unknown, expected: Gradients, { cache, network }: BackwardAsk): void {
  const { m } = network.sizes;
  const read = (key: keyof Gradients) =>
    readRows(property(value, key), expected[key].length, m) ?? fill(0, 0, () => 0);
  const isFolded = isClose(
    read("dZ3"),
    map(expected.dZ3, (d) => d / m),
  );
  const factor = isFolded ? 1 / m : 1;
  const scaled = (rows: Rows) => map(rows, (d) => d * factor);
  const raw = {
    dA2: times(transposed(cache.W3), expected.dZ3),
    dA1: times(transposed(cache.W2), expected.dZ2),
  };
  for (const key of GRADIENTS.filter((name) => /^d[ZA]/u.test(name))) {
    const others = key === "dA1" || key === "dA2" ? [scaled(raw[key])] : [];
    expectRows(key, property(value, key), [scaled(expected[key]), ...others]);
  }
}

/** A consistent cache whose A is not masked, held as the program's own forward holds its cache. */
export function madeCache(
  random: Random,
  network: Network,
  ask: { keep_prob: number; style: ForwardRun },
) {
  const { keep_prob, style } = ask;
  const chain = plain(network);
  const mask = (Z: Rows) => map(Z, () => Number(random() < keep_prob));
  const cache: Cache = { ...chain, D1: mask(chain.Z1), D2: mask(chain.Z2) };
  const entries = Object.entries(cache).map(([key, rows]) => {
    const held = key.startsWith("D") && style.isScaled ? map(rows, (d) => d / keep_prob) : rows;
    return [key, mirrored(property(style.raw, key), held)] as const;
  });
  const given: Record<string, unknown> = Object.fromEntries(entries);
  return { network, cache, given, keep_prob };
}
