import { Matrix } from "ml-matrix";

// After a bug where I changed a mask between forward and backward, nothing may be changed any more.
type Rows = readonly (readonly number[])[];
type Frozen<T extends string> = Readonly<Record<T, Rows>>;

const freeze = (rows: number[][]): Rows => Object.freeze(rows.map((row) => Object.freeze(row)));
const take = (M: Matrix): Rows => freeze(M.to2DArray());
const build = (rows: number, columns: number, f: (i: number, j: number) => number): Rows =>
  freeze(Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => f(i, j))));
const dot = (a: Rows, b: Rows): Rows =>
  build(a.length, b[0].length, (i, j) => a[i].reduce((s, x, k) => s + x * b[k][j], 0));
const turn = (a: Rows): Rows => build(a[0].length, a.length, (i, j) => a[j][i]);
const each = (a: Rows, f: (x: number, i: number, j: number) => number): Rows => build(a.length, a[0].length, (i, j) => f(a[i][j], i, j));

type Net = "W1" | "b1" | "W2" | "b2" | "W3" | "b3";
type Kept = Net | "Z1" | "D1" | "A1" | "Z2" | "D2" | "A2" | "Z3" | "A3";

export function forward_propagation_with_dropout(X: Matrix, parameters: Record<Net, Matrix>, keep_prob: number, rng: () => number = Math.random): Readonly<{ A3: Rows; cache: Frozen<Kept> }> {
  const [W1, b1, W2, b2, W3, b3] = (["W1", "b1", "W2", "b2", "W3", "b3"] as const).map((name) => take(parameters[name]));

  const Z1 = each(dot(W1, take(X)), (z, i) => z + b1[i][0]);
  const D1 = each(Z1, () => (rng() < keep_prob ? 1 : 0));
  const A1 = each(Z1, (z, i, j) => (z > 0 ? (z * D1[i][j]) / keep_prob : 0));

  const Z2 = each(dot(W2, A1), (z, i) => z + b2[i][0]);
  const D2 = each(Z2, () => (rng() < keep_prob ? 1 : 0));
  const A2 = each(Z2, (z, i, j) => (z > 0 ? (z * D2[i][j]) / keep_prob : 0));

  const Z3 = each(dot(W3, A2), (z, i) => z + b3[i][0]);
  const A3 = each(Z3, (z) => 1 / (1 + Math.exp(-z)));

  const cache = Object.freeze(Object.assign(Object.create(null), { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 }));
  return Object.freeze({ A3, cache });
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Frozen<Kept>, keep_prob: number) {
  const m = X.columns;
  const y = take(Y);
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;

  const dZ3 = each(A3, (a, i, j) => a - y[i][j]);
  const dA2 = each(dot(turn(W3), dZ3), (g, i, j) => (g * D2[i][j]) / keep_prob);
  const dZ2 = each(dA2, (g, i, j) => g * Number(Z2[i][j] > 0));
  const dA1 = each(dot(turn(W2), dZ2), (g, i, j) => (g * D1[i][j]) / keep_prob);
  const dZ1 = each(dA1, (g, i, j) => g * Number(Z1[i][j] > 0));

  const weight = (dZ: Rows, A: Rows) => each(dot(dZ, turn(A)), (g) => g / m);
  const bias = (dZ: Rows) => build(dZ.length, 1, (i) => dZ[i].reduce((s, g) => s + g, 0) / m);

  return Object.freeze({
    dZ3, dW3: weight(dZ3, A2), db3: bias(dZ3),
    dA2, dZ2, dW2: weight(dZ2, A1), db2: bias(dZ2),
    dA1, dZ1, dW1: weight(dZ1, take(X)), db1: bias(dZ1),
  });
}

export function predict(X: Matrix, parameters: Record<Net, Matrix>): Rows {
  return each(forward_propagation_with_dropout(X, parameters, 1).A3, (p) => (p > 0.5 ? 1 : 0));
}
