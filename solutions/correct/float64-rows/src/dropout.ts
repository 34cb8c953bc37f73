import type { Matrix } from "ml-matrix";

/*
 * Typed-array version. A "Grid" is a list of Float64Array rows. ml-matrix is only
 * used for what the tests hand in.
 */
type Grid = Float64Array[];

const grid = (r: number, c: number, init: (i: number, j: number) => number): Grid => {
  const g: Grid = new Array(r);
  for (let i = 0; i < r; i++) {
    g[i] = new Float64Array(c);
    for (let j = 0; j < c; j++) g[i][j] = init(i, j);
  }
  return g;
};
const open = (M: Matrix): Grid => grid(M.rows, M.columns, (i, j) => M.get(i, j));
const product = (a: Grid, b: Grid): Grid =>
  grid(a.length, b[0].length, (i, j) => {
    let acc = 0;
    for (let k = 0; k < b.length; k++) acc += a[i][k] * b[k][j];
    return acc;
  });
/** aᵀ·b without building aᵀ */
const productTN = (a: Grid, b: Grid): Grid =>
  grid(a[0].length, b[0].length, (i, j) => {
    let acc = 0;
    for (let k = 0; k < b.length; k++) acc += a[k][i] * b[k][j];
    return acc;
  });
/** a·bᵀ / n without building bᵀ */
const productNT = (a: Grid, b: Grid, n: number): Grid =>
  grid(a.length, b.length, (i, j) => {
    let acc = 0;
    for (let k = 0; k < n; k++) acc += a[i][k] * b[j][k];
    return acc / n;
  });

function hidden(W: Grid, A: Grid, b: Grid, p: number, rng: () => number) {
  const Z = product(W, A);
  Z.forEach((row, i) => row.forEach((z, j) => { row[j] = z + b[i][0]; }));
  const D = grid(Z.length, Z[0].length, () => +(rng() < p));
  const out = grid(Z.length, Z[0].length, (i, j) => (Math.max(Z[i][j], 0) * D[i][j]) / p);
  return [Z, D, out] as const;
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Matrix>, keep_prob: number, rng: () => number = Math.random) {
  const W1 = open(parameters.W1), b1 = open(parameters.b1), W2 = open(parameters.W2);
  const b2 = open(parameters.b2), W3 = open(parameters.W3), b3 = open(parameters.b3);
  const [Z1, D1, A1] = hidden(W1, open(X), b1, keep_prob, rng);
  const [Z2, D2, A2] = hidden(W2, A1, b2, keep_prob, rng);
  const Z3 = product(W3, A2).map((row, i) => row.map((z) => z + b3[i][0]));
  const A3 = Z3.map((row) => row.map((z) => 1 / (1 + Math.exp(-z))));
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Grid>, keep_prob: number) {
  const m = X.columns;
  const x = open(X);
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const db = (dZ: Grid) => grid(dZ.length, 1, (i) => dZ[i].reduce((s, v) => s + v) / m);

  const dZ3 = grid(A3.length, m, (i, j) => A3[i][j] - Y.get(i, j));

  const back2 = productTN(W3, dZ3);
  const dA2 = grid(back2.length, m, (i, j) => (back2[i][j] * D2[i][j]) / keep_prob);
  const dZ2 = grid(back2.length, m, (i, j) => (Z2[i][j] > 0 ? dA2[i][j] : 0));

  const back1 = productTN(W2, dZ2);
  const dA1 = grid(back1.length, m, (i, j) => (back1[i][j] * D1[i][j]) / keep_prob);
  const dZ1 = grid(back1.length, m, (i, j) => (Z1[i][j] > 0 ? dA1[i][j] : 0));

  return {
    dZ3, dW3: productNT(dZ3, A2, m), db3: db(dZ3),
    dA2, dZ2, dW2: productNT(dZ2, A1, m), db2: db(dZ2),
    dA1, dZ1, dW1: productNT(dZ1, x, m), db1: db(dZ1),
  };
}

export function predict(X: Matrix, parameters: Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Matrix>): Grid {
  return forward_propagation_with_dropout(X, parameters, 1, () => 0.5).A3.map((row) => row.map((p) => +(p > 0.5)));
}
