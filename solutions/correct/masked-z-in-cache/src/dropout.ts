import { Matrix } from "ml-matrix";

type Shape = readonly [rows: number, columns: number];
type Weights = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix };

function build([rows, columns]: Shape, entry: (i: number, j: number) => number): Matrix {
  const M = new Matrix(rows, columns);
  for (let i = 0; i < rows; i += 1) for (let j = 0; j < columns; j += 1) M.set(i, j, entry(i, j));
  return M;
}
const shape = (M: Matrix): Shape => [M.rows, M.columns];

export function forward_propagation_with_dropout(X: Matrix, parameters: Weights, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  // Z1 and Z2 lose their dropped units right here, before the activation
  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = build(shape(Z1), () => (rng() < keep_prob ? 1 : 0));
  Z1.mul(D1);
  const A1 = build(shape(Z1), (i, j) => Math.max(0, Z1.get(i, j)) / keep_prob);

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = build(shape(Z2), () => (rng() < keep_prob ? 1 : 0));
  Z2.mul(D2);
  const A2 = build(shape(Z2), (i, j) => Math.max(0, Z2.get(i, j)) / keep_prob);

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = build(shape(Z3), (i, j) => 1 / (1 + Math.exp(-Z3.get(i, j))));

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(
  X: Matrix,
  Y: Matrix,
  cache: ReturnType<typeof forward_propagation_with_dropout>["cache"],
  keep_prob: number,
) {
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const m = X.columns;
  const rowAverage = (M: Matrix) => build([M.rows, 1], (i) => M.getRow(i).reduce((a, b) => a + b, 0) / m);

  const dZ3 = build(shape(A3), (i, j) => A3.get(i, j) - Y.get(i, j));
  const dW3 = dZ3.mmul(A2.transpose()).div(m);

  const G2 = W3.transpose().mmul(dZ3);
  const dA2 = build(shape(G2), (i, j) => (G2.get(i, j) / keep_prob) * D2.get(i, j));
  const dZ2 = build(shape(G2), (i, j) => (Z2.get(i, j) > 0 ? dA2.get(i, j) : 0));
  const dW2 = dZ2.mmul(A1.transpose()).div(m);

  const G1 = W2.transpose().mmul(dZ2);
  const dA1 = build(shape(G1), (i, j) => (G1.get(i, j) / keep_prob) * D1.get(i, j));
  const dZ1 = build(shape(G1), (i, j) => (Z1.get(i, j) > 0 ? dA1.get(i, j) : 0));
  const dW1 = dZ1.mmul(X.transpose()).div(m);

  return { dZ3, dW3, db3: rowAverage(dZ3), dA2, dZ2, dW2, db2: rowAverage(dZ2), dA1, dZ1, dW1, db1: rowAverage(dZ1) };
}

export function predict(X: Matrix, parameters: Weights) {
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  return build([1, X.columns], (_, j) => (A3.get(0, j) > 0.5 ? 1 : 0));
}
