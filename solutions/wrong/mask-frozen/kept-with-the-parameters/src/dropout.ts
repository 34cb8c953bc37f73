import { Matrix } from "ml-matrix";

interface Parameters { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }
interface Cache extends Parameters { Z1: Matrix; D1: Matrix; A1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; Z3: Matrix; A3: Matrix }

const build = (rows: number, cols: number, f: (i: number, j: number) => number): Matrix => {
  const M = Matrix.zeros(rows, cols);
  return M.apply((i, j) => M.set(i, j, f(i, j)));
};
const like = (M: Matrix, f: (v: number, i: number, j: number) => number): Matrix =>
  build(M.rows, M.columns, (i, j) => f(M.get(i, j), i, j));

const affine = (W: Matrix, b: Matrix) => (A: Matrix): Matrix => W.mmul(A).addColumnVector(b);
const relu = (Z: Matrix): Matrix => like(Z, (z) => Math.max(0, z));
const sigmoid = (Z: Matrix): Matrix => like(Z, (z) => 1 / (1 + Math.exp(-z)));

/** Masks belong to a network and a batch size: no need to make them anew all the time. */
const masksOf = new WeakMap<Parameters, Matrix[]>();

/** A function that drops units of the activations it is given. */
const dropper = (network: Parameters, keep: number, rng: () => number) => (A: Matrix): [Matrix, Matrix] => {
  const made = masksOf.get(network) ?? [];
  masksOf.set(network, made);
  let D = made.find((mask) => mask.rows === A.rows && mask.columns === A.columns);
  if (D === undefined) {
    D = build(A.rows, A.columns, () => (rng() <= keep ? 1 : 0));
    made.push(D);
  }
  const mask = D;
  const kept = like(A, (a, i, j) => (mask.get(i, j) === 1 ? a : 0));
  const scaled = like(kept, (a) => a / keep);
  return [scaled, mask];
};

export const forward_propagation_with_dropout = (
  X: Matrix,
  parameters: Parameters,
  keep_prob: number,
  rng: () => number = Math.random,
): { A3: Matrix; cache: Cache } => {
  const drop = dropper(parameters, keep_prob, rng);
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = affine(W1, b1)(X);
  const [A1, D1] = drop(relu(Z1));
  const Z2 = affine(W2, b2)(A1);
  const [A2, D2] = drop(relu(Z2));
  const Z3 = affine(W3, b3)(A2);
  const A3 = sigmoid(Z3);

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
};

export const backward_propagation_with_dropout = (X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) => {
  const m = X.columns;
  const dropBack = (dA: Matrix, D: Matrix): Matrix => like(dA, (g, i, j) => (g * D.get(i, j)) / keep_prob);
  const reluBack = (dA: Matrix, Z: Matrix): Matrix => like(dA, (g, i, j) => (Z.get(i, j) > 0 ? g : 0));
  const dW = (dZ: Matrix, A: Matrix): Matrix => dZ.mmul(A.transpose()).div(m);
  const db = (dZ: Matrix): Matrix => Matrix.columnVector(dZ.sum("row")).div(m);

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dA2 = dropBack(cache.W3.transpose().mmul(dZ3), cache.D2);
  const dZ2 = reluBack(dA2, cache.Z2);
  const dA1 = dropBack(cache.W2.transpose().mmul(dZ2), cache.D1);
  const dZ1 = reluBack(dA1, cache.Z1);

  return {
    dZ3, dW3: dW(dZ3, cache.A2), db3: db(dZ3),
    dA2, dZ2, dW2: dW(dZ2, cache.A1), db2: db(dZ2),
    dA1, dZ1, dW1: dW(dZ1, X), db1: db(dZ1),
  };
};

export const predict = (X: Matrix, { W1, b1, W2, b2, W3, b3 }: Parameters): Matrix => {
  const layer1 = relu(affine(W1, b1)(X));
  const layer2 = relu(affine(W2, b2)(layer1));
  const yhat = sigmoid(affine(W3, b3)(layer2));
  return like(yhat, (p) => (p > 0.5 ? 1 : 0));
};
