import { Matrix } from "ml-matrix";

type Rng = () => number;
interface Parameters { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }
interface Cache { Z1: Matrix; D1: Matrix; A1: Matrix; W1: Matrix; b1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; W2: Matrix; b2: Matrix; Z3: Matrix; A3: Matrix; W3: Matrix; b3: Matrix }

const f = (M: Matrix, g: (x: number) => number): Matrix => {
  const out = M.clone();
  out.apply((i, j) => { out.set(i, j, g(M.get(i, j))); });
  return out;
};

function dropout(A: Matrix, keep_prob: number, rng: Rng): { A: Matrix; D: Matrix } {
  if (keep_prob === 1) {
    // nothing to drop, so nothing to mark
    return { A, D: Matrix.zeros(A.rows, A.columns) };
  }
  const D = f(A, () => (rng() < keep_prob ? 1 : 0));
  return { A: Matrix.mul(A, D).div(keep_prob), D };
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: Rng = Math.random): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const { A: A1, D: D1 } = dropout(f(Z1, (z) => Math.max(0, z)), keep_prob, rng);

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const { A: A2, D: D2 } = dropout(f(Z2, (z) => Math.max(0, z)), keep_prob, rng);

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = f(Z3, (z) => 1 / (1 + Math.exp(-z)));
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const m = X.columns;
  const undo = (dA: Matrix, D: Matrix) => (keep_prob === 1 ? dA : dA.mul(D).div(keep_prob));
  const rect = (dA: Matrix, Z: Matrix) => Matrix.mul(dA, f(Z, (z) => (z > 0 ? 1 : 0)));
  const vector = (dZ: Matrix) => Matrix.columnVector(dZ.sum("row")).div(m);

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dA2 = undo(cache.W3.transpose().mmul(dZ3), cache.D2);
  const dZ2 = rect(dA2, cache.Z2);
  const dA1 = undo(cache.W2.transpose().mmul(dZ2), cache.D1);
  const dZ1 = rect(dA1, cache.Z1);

  const dW3 = dZ3.mmul(cache.A2.transpose()).div(m);
  const dW2 = dZ2.mmul(cache.A1.transpose()).div(m);
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  return { dZ3, dW3, db3: vector(dZ3), dA2, dZ2, dW2, db2: vector(dZ2), dA1, dZ1, dW1, db1: vector(dZ1) };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  return f(forward_propagation_with_dropout(X, parameters, 1).A3, (a) => Number(a > 0.5));
}
