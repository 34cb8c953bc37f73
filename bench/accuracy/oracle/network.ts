/** The network of the contract on plain arrays: none of the grader's code, and no library. */

import type { Random } from "../random.ts";
import type { Rows } from "../run/values.ts";

export interface Sizes {
  nx: number;
  n1: number;
  n2: number;
  m: number;
}

export type Parameters = Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Rows>;
export type Masks = Record<"D1" | "D2", Rows>;
type Hidden = Record<"Z1" | "A1" | "Z2" | "A2" | "Z3" | "A3", Rows>;
export type Cache = Parameters & Masks & Hidden;

export interface Network {
  sizes: Sizes;
  X: Rows;
  Y: Rows;
  parameters: Parameters;
}

export const fill = (rows: number, cols: number, of: (i: number, j: number) => number): Rows =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (__, j) => of(i, j)));

export const map = (A: Rows, of: (a: number, i: number, j: number) => number): Rows =>
  A.map((row, i) => row.map((a, j) => of(a, i, j)));

export const at = (A: Rows, i: number, j: number): number => A[i]?.[j] ?? Number.NaN;

export const zip = (A: Rows, B: Rows, of: (a: number, b: number) => number): Rows =>
  map(A, (a, i, j) => of(a, at(B, i, j)));

export const transposed = (A: Rows): Rows =>
  fill(A[0]?.length ?? 0, A.length, (i, j) => at(A, j, i));

export function times(A: Rows, B: Rows): Rows {
  return A.map((row) =>
    (B[0] ?? []).map((_, j) => row.reduce((sum, a, k) => sum + a * at(B, k, j), 0)),
  );
}

const linear = (W: Rows, A: Rows, b: Rows): Rows => map(times(W, A), (z, i) => z + at(b, i, 0));

export const relu = (Z: Rows): Rows => map(Z, (z) => (z > 0 ? z : 0));

/** The forward pass with the masks given. */
export function forward({ X, parameters: p }: Network, masks: Masks, keep_prob: number): Cache {
  const layer = (Z: Rows, D: Rows) => zip(relu(Z), D, (a, d) => (a * d) / keep_prob);
  const Z1 = linear(p.W1, X, p.b1);
  const A1 = layer(Z1, masks.D1);
  const Z2 = linear(p.W2, A1, p.b2);
  const A2 = layer(Z2, masks.D2);
  const Z3 = linear(p.W3, A2, p.b3);
  const A3 = map(Z3, (z) => 1 / (1 + Math.exp(-z)));
  return { ...p, ...masks, Z1, A1, Z2, A2, Z3, A3 };
}

export const ones = (rows: number, cols: number): Rows => fill(rows, cols, () => 1);

/** The network without dropout. */
export function plain(network: Network): Cache {
  const { n1, n2, m } = network.sizes;
  return forward(network, { D1: ones(n1, m), D2: ones(n2, m) }, 1);
}

export const GRADIENTS = [
  "dZ3",
  "dW3",
  "db3",
  "dA2",
  "dZ2",
  "dW2",
  "db2",
  "dA1",
  "dZ1",
  "dW1",
  "db1",
] as const;
export type Gradients = Record<(typeof GRADIENTS)[number], Rows>;

/** The backward pass on a cache, from the contract's formulas. */
export function backward(
  { X, Y }: Pick<Network, "X" | "Y">,
  cache: Cache,
  keep_prob: number,
): Gradients {
  const m = X[0]?.length ?? 0;
  const weights = (dZ: Rows, A: Rows) => map(times(dZ, transposed(A)), (w) => w / m);
  const biases = (dZ: Rows) => dZ.map((row) => [row.reduce((sum, d) => sum + d, 0) / m]);
  const pull = (W: Rows, dZ: Rows, D: Rows) =>
    zip(times(transposed(W), dZ), D, (d, kept) => (d * kept) / keep_prob);
  const gate = (dA: Rows, Z: Rows) => zip(dA, Z, (d, z) => (z > 0 ? d : 0));
  const dZ3 = zip(cache.A3, Y, (a, y) => a - y);
  const dA2 = pull(cache.W3, dZ3, cache.D2);
  const dZ2 = gate(dA2, cache.Z2);
  const dA1 = pull(cache.W2, dZ2, cache.D1);
  const dZ1 = gate(dA1, cache.Z1);
  return {
    dZ3,
    dW3: weights(dZ3, cache.A2),
    db3: biases(dZ3),
    dA2,
    dZ2,
    dW2: weights(dZ2, cache.A1),
    db2: biases(dZ2),
    dA1,
    dZ1,
    dW1: weights(dZ1, X),
    db1: biases(dZ1),
  };
}

/** A network of random numbers; where `live`, every hidden unit is above 0 whatever is dropped. */
export function randomNetwork(random: Random, sizes: Sizes, live = false): Network {
  for (;;) {
    const network = candidate(random, sizes, live);
    const { Z1, Z2, Z3 } = plain(network);
    const hidden = [...Z1, ...Z2].flat();
    const isClear =
      hidden.every((z) => Math.abs(z) > 1e-3) && Z3.flat().every((z) => Math.abs(z) < 8);
    const share = hidden.filter((z) => z > 0).length / hidden.length;
    if (isClear && (live ? share === 1 : share > 0.3 && share < 1)) return network;
  }
}

function candidate(random: Random, { nx, n1, n2, m }: Sizes, live: boolean): Network {
  const signed = (size: number) => (random() < 0.5 ? -1 : 1) * (0.2 + 0.8 * random()) * size;
  const positive = (size: number) => (0.3 + 0.7 * random()) * size;
  const weight = live ? positive : signed;
  return {
    sizes: { nx, n1, n2, m },
    X: fill(nx, m, () => signed(1)),
    Y: fill(1, m, (_, j) => (j < 2 ? j : Number(random() < 0.5))),
    parameters: {
      W1: fill(n1, nx, () => signed((live ? 0.9 : 1.6) / nx)),
      b1: fill(n1, 1, () => (live ? 1 + random() : signed(0.5))),
      W2: fill(n2, n1, () => weight(1.6 / Math.sqrt(n1))),
      b2: fill(n2, 1, () => weight(0.5)),
      W3: fill(1, n2, () => signed(1.5 / n2)),
      b3: fill(1, 1, () => signed(0.4)),
    },
  };
}
