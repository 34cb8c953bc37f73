import { Matrix } from "ml-matrix";

interface Parameters { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }
interface Cache extends Parameters { Z1: Matrix; D1: Matrix; A1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; Z3: Matrix; A3: Matrix }

const fn = (M: Matrix, f: (x: number) => number) => {
  const R = Matrix.zeros(M.rows, M.columns);
  for (let k = 0; k < M.size; k++) {
    const i = Math.floor(k / M.columns);
    const j = k % M.columns;
    R.set(i, j, f(M.get(i, j)));
  }
  return R;
};
const relu = (x: number) => (x > 0 ? x : 0);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const coin = () => (rng() < keep_prob ? 1 : 0);

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = fn(Z1, coin);
  const A1 = fn(Z1, relu).mul(D1).div(keep_prob);
  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = fn(Z2, coin);
  const A2 = fn(Z2, relu).mul(D2).div(keep_prob);
  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = fn(Z3, sigmoid);

  const cache: Cache = { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 };
  return { A3, cache };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const m = X.columns;

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dW3 = dZ3.mmul(cache.A2.transpose()).div(m);
  const db3 = fn(Matrix.columnVector(dZ3.sum("row")), (s) => s / m);

  // dA2 is the gradient with respect to what layer 3 reads.
  // Going back through the dropout node gives the gradient of the ReLU output.
  const dA2 = cache.W3.transpose().mmul(dZ3);
  const dRelu2 = Matrix.mul(dA2, cache.D2).div(keep_prob);
  const dZ2 = dRelu2.mul(fn(cache.Z2, (z) => (z > 0 ? 1 : 0)));
  const dW2 = dZ2.mmul(cache.A1.transpose()).div(m);
  const db2 = fn(Matrix.columnVector(dZ2.sum("row")), (s) => s / m);

  const dA1 = cache.W2.transpose().mmul(dZ2);
  const dRelu1 = Matrix.mul(dA1, cache.D1).div(keep_prob);
  const dZ1 = dRelu1.mul(fn(cache.Z1, (z) => (z > 0 ? 1 : 0)));
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  const db1 = fn(Matrix.columnVector(dZ1.sum("row")), (s) => s / m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Parameters) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A1 = fn(W1.mmul(X).addColumnVector(b1), relu);
  const A2 = fn(W2.mmul(A1).addColumnVector(b2), relu);
  return fn(fn(W3.mmul(A2).addColumnVector(b3), sigmoid), (a) => (a > 0.5 ? 1 : 0));
}
