import { Matrix } from "ml-matrix";

type M = number[][];
type Params = Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Matrix>;
type Cache = Record<"Z1" | "D1" | "A1" | "W1" | "b1" | "Z2" | "D2" | "A2" | "W2" | "b2" | "Z3" | "A3" | "W3" | "b3", M>;

/** The library only knows what came in; from here on everything is number[][]. */
const raw = (x: Matrix): M => x.to2DArray();

const map = (a: M, f: (x: number, i: number, j: number) => number): M =>
  a.map((row, i) => row.map((x, j) => f(x, i, j)));
const T = (a: M): M => a[0].map((_, j) => a.map((row) => row[j]));
const dot = (a: M, b: M): M => {
  const bt = T(b);
  return a.map((row) => bt.map((col) => row.reduce((s, x, k) => s + x * col[k], 0)));
};
const affine = (W: M, A: M, b: M): M => map(dot(W, A), (z, i) => z + b[i][0]);
const relu = (z: M): M => map(z, (x) => Math.max(0, x));
const sigmoid = (z: M): M => map(z, (x) => 1 / (1 + Math.exp(-x)));

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Params,
  keep_prob: number,
  rng: () => number = Math.random,
): { A3: M; cache: Cache } {
  const [W1, b1, W2, b2, W3, b3] = [parameters.W1, parameters.b1, parameters.W2, parameters.b2, parameters.W3, parameters.b3].map(raw);

  const Z1 = affine(W1, raw(X), b1);
  const D1 = map(Z1, () => (rng() < keep_prob ? 1 : 0));
  const A1 = map(relu(Z1), (a, i, j) => (a * D1[i][j]) / keep_prob);

  const Z2 = affine(W2, A1, b2);
  const D2 = map(Z2, () => (rng() < keep_prob ? 1 : 0));
  const A2 = map(relu(Z2), (a, i, j) => (a * D2[i][j]) / keep_prob);

  const Z3 = affine(W3, A2, b3);
  const A3 = sigmoid(Z3);

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const x = raw(X);
  const y = raw(Y);
  const m = X.columns;
  const dW = (dZ: M, A: M) => map(dot(dZ, T(A)), (g) => g / m);
  const db = (dZ: M) => dZ.map((row) => [row.reduce((s, g) => s + g, 0) / m]);

  const dZ3 = map(cache.A3, (a, i, j) => a - y[i][j]);
  const dA2 = map(dot(T(cache.W3), dZ3), (g, i, j) => (g * cache.D2[i][j]) / keep_prob);
  const dZ2 = map(dA2, (g, i, j) => (cache.Z2[i][j] > 0 ? g : 0));
  const dA1 = map(dot(T(cache.W2), dZ2), (g, i, j) => (g * cache.D1[i][j]) / keep_prob);
  const dZ1 = map(dA1, (g, i, j) => (cache.Z1[i][j] > 0 ? g : 0));

  return {
    dZ3, dW3: dW(dZ3, cache.A2), db3: db(dZ3),
    dA2, dZ2, dW2: dW(dZ2, cache.A1), db2: db(dZ2),
    dA1, dZ1, dW1: dW(dZ1, x), db1: db(dZ1),
  };
}

export function predict(X: Matrix, parameters: Params): M {
  const p = Object.fromEntries(Object.entries(parameters).map(([k, v]) => [k, raw(v)])) as Record<keyof Params, M>;
  const hidden = relu(affine(p.W2, relu(affine(p.W1, raw(X), p.b1)), p.b2));
  return map(sigmoid(affine(p.W3, hidden, p.b3)), (a) => (a > 0.5 ? 1 : 0));
}
