/** One forward call, read and held to the contract. */

import { Matrix } from "ml-matrix";
import type { Instance } from "../run/instance.ts";
import type { Random } from "../random.ts";
import { property, readRows, type Rows } from "../run/values.ts";
import { expectRows, isClose, snapshot, Wrong } from "./compare.ts";
import { forward, map, relu, zip, type Cache, type Network } from "./network.ts";

export interface ForwardRun {
  /** What the program itself returned as its cache. */
  raw: unknown;
  /** The same, read: masks of 0 and 1. */
  cache: Cache;
  /** Masks that hold 0 and 1/keep_prob. */
  isScaled: boolean;
}

export const asMatrices = (record: Record<string, Rows>): Record<string, Matrix> =>
  Object.fromEntries(Object.entries(record).map(([key, rows]) => [key, new Matrix(rows)]));

export interface ForwardAsk {
  network: Network;
  keep_prob: number;
  rng?: Random;
}

/** @throws Wrong where the result is not what the contract asks for, whichever units were dropped */
export function runForward(
  instance: Instance,
  { network, keep_prob, rng }: ForwardAsk,
): ForwardRun {
  const args = [new Matrix(network.X), asMatrices(network.parameters), keep_prob];
  const before = snapshot(args);
  const outcome = instance.call("forward_propagation_with_dropout", rng ? [...args, rng] : args);
  if (snapshot(args) !== before) throw new Wrong("forward changes its arguments");
  const raw = property(outcome.value, "cache");
  const { cache, isScaled } = readCache(raw, network, keep_prob);
  expectRows("A3", property(outcome.value, "A3"), [cache.A3]);
  return { raw, cache, isScaled };
}

function readCache(raw: unknown, network: Network, keep_prob: number) {
  const { n1, n2, m } = network.sizes;
  const first = readMask(property(raw, "D1"), [n1, m], keep_prob);
  const second = readMask(property(raw, "D2"), [n2, m], keep_prob);
  const expected = forward(network, { D1: first.mask, D2: second.mask }, keep_prob);
  for (const [key, rows] of Object.entries(expected)) {
    const accepted = key.startsWith("Z") ? orMasked(key, expected, keep_prob) : [rows];
    if (!key.startsWith("D")) expectRows(`cache.${key}`, property(raw, key), accepted);
  }
  for (const layer of [1, 2] as const) checkPlainMask(expected, layer, keep_prob);
  return { cache: expected, isScaled: first.isScaled || second.isScaled };
}

/** Where a program masks before ReLU, Z may be held before or after the mask. */
function orMasked(key: string, cache: Cache, keep_prob: number): Rows[] {
  // The keys of the cache are Z1, Z2 and Z3.
  const Z = cache[key as "Z1"];
  if (key === "Z3") return [Z];
  const masked = zip(Z, key === "Z1" ? cache.D1 : cache.D2, (z, d) => z * d);
  return [Z, masked, map(masked, (z) => z / keep_prob)];
}

function readMask(value: unknown, [rows, cols]: [number, number], keep_prob: number) {
  const found = readRows(value, rows, cols);
  if (found === undefined) throw new Wrong(`a mask is not ${rows} x ${cols}`);
  const is = (x: number, y: number) => Math.abs(x - y) < 1e-6;
  const isPlain = found.flat().every((x) => x === 0 || x === 1);
  const isScaled = !isPlain && found.flat().every((x) => x === 0 || is(x, 1 / keep_prob));
  if (!isPlain && !isScaled) throw new Wrong("a mask holds other values than 0 and 1");
  return { mask: map(found, (x) => (x === 0 ? 0 : 1)), isScaled };
}

/** With keep_prob 1 every unit that ReLU lets through is kept. */
function checkPlainMask(cache: Cache, layer: 1 | 2, keep_prob: number): void {
  if (keep_prob !== 1) return;
  const kept = zip(cache[`A${layer}`], relu(cache[`Z${layer}`]), (a, r) => a - r);
  if (
    !isClose(
      kept,
      map(kept, () => 0),
    )
  )
    throw new Wrong("keep_prob 1 drops units");
}
