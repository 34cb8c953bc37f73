import { Matrix } from "ml-matrix";

interface Weights { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }
interface Memory extends Weights { Z1: Matrix; D1: Matrix; A1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; Z3: Matrix; A3: Matrix }
type Random = () => number;

/** A new matrix with `f` of every entry. */
function each(M: Matrix, f: (x: number, i: number, j: number) => number): Matrix {
  const out = Matrix.zeros(M.rows, M.columns);
  for (let i = 0; i < M.rows; i++) {
    for (let j = 0; j < M.columns; j++) out.set(i, j, f(M.get(i, j), i, j));
  }
  return out;
}

const affine = (W: Matrix, A: Matrix, b: Matrix): Matrix => W.mmul(A).addColumnVector(b);
const relu = (Z: Matrix): Matrix => each(Z, (z) => Math.max(0, z));
const step = (Z: Matrix): Matrix => each(Z, (z) => (z > 0 ? 1 : 0));
const sigmoid = (Z: Matrix): Matrix => each(Z, (z) => 1 / (1 + Math.exp(-z)));
const sums = (M: Matrix): Matrix => Matrix.columnVector(M.sum("row"));

function coins(like: Matrix, keep_prob: number, rng: Random): Matrix {
  return each(like, () => (rng() < keep_prob ? 1 : 0));
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Weights, keep_prob: number, rng: Random = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = affine(W1, X, b1);
  const D1 = coins(Z1, keep_prob, rng);
  const kept1 = Matrix.mul(relu(Z1), D1);
  const A1 = Matrix.div(kept1, keep_prob);

  const Z2 = affine(W2, Matrix.mul(A1, keep_prob), b2);
  const D2 = coins(Z2, keep_prob, rng);
  const kept2 = Matrix.mul(relu(Z2), D2);
  const A2 = Matrix.div(kept2, keep_prob);

  const Z3 = affine(W3, Matrix.mul(A2, keep_prob), b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Memory, keep_prob: number) {
  const { D1, A1, Z1, D2, A2, Z2, A3, W2, W3 } = cache;
  const m = X.columns;

  const dZ3 = Matrix.sub(A3, Y);
  const dW3 = dZ3.mmul(A2.transpose()).div(m);
  const db3 = sums(dZ3).div(m);

  const back2 = W3.transpose().mmul(dZ3);
  const dA2 = Matrix.mul(back2, D2).div(keep_prob);
  const dZ2 = Matrix.mul(dA2, step(Z2));
  const dW2 = dZ2.mmul(A1.transpose()).div(m);
  const db2 = sums(dZ2).div(m);

  const back1 = W2.transpose().mmul(dZ2);
  const dA1 = Matrix.mul(back1, D1).div(keep_prob);
  const dZ1 = Matrix.mul(dA1, step(Z1));
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  const db1 = sums(dZ1).div(m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Weights): Matrix {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const H1 = relu(affine(W1, X, b1));
  const H2 = relu(affine(W2, H1, b2));
  const P = sigmoid(affine(W3, H2, b3));
  return each(P, (p) => (p > 0.5 ? 1 : 0));
}
