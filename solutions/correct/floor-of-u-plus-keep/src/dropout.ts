import { Matrix } from "ml-matrix";

type Params = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix };

// TensorFlow 1 does it like this: floor(keep_prob + U) is 1 with probability keep_prob.
const binaryTensor = (shape: [number, number], keep: number, rng: () => number) =>
  Matrix.rand(shape[0], shape[1], { random: rng }).add(keep).floor();

const relu = (Z: Matrix) => Matrix.abs(Z).add(Z).div(2); // (|z| + z) / 2
const sigma = (Z: Matrix) => Matrix.tanh(Matrix.div(Z, 2)).add(1).div(2); // the same function, never overflows

function layer(W: Matrix, A: Matrix, b: Matrix) {
  return W.mmul(A).addColumnVector(b.getColumn(0));
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Params, keep_prob: number, rng = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = layer(W1, X, b1);
  const D1 = binaryTensor([Z1.rows, Z1.columns], keep_prob, rng);
  const A1 = relu(Z1).div(keep_prob).mul(D1);

  const Z2 = layer(W2, A1, b2);
  const D2 = binaryTensor([Z2.rows, Z2.columns], keep_prob, rng);
  const A2 = relu(Z2).div(keep_prob).mul(D2);

  const Z3 = layer(W3, A2, b3);
  const A3 = sigma(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(
  X: Matrix,
  Y: Matrix,
  cache: ReturnType<typeof forward_propagation_with_dropout>["cache"],
  keep_prob: number,
) {
  const m = X.columns;
  const heaviside = (Z: Matrix) => Matrix.sign(Z).add(1).div(2).floor();
  const db = (dZ: Matrix) => Matrix.columnVector(dZ.sum("row").map((s) => s / m));

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dW3 = dZ3.mmul(cache.A2.transpose()).div(m);

  const dA2 = cache.W3.transpose().mmul(dZ3).div(keep_prob).mul(cache.D2);
  const dZ2 = Matrix.mul(dA2, heaviside(cache.Z2));
  const dW2 = dZ2.mmul(cache.A1.transpose()).div(m);

  const dA1 = cache.W2.transpose().mmul(dZ2).div(keep_prob).mul(cache.D1);
  const dZ1 = Matrix.mul(dA1, heaviside(cache.Z1));
  const dW1 = dZ1.mmul(X.transpose()).div(m);

  return { dZ3, dW3, db3: db(dZ3), dA2, dZ2, dW2, db2: db(dZ2), dA1, dZ1, dW1, db1: db(dZ1) };
}

export function predict(X: Matrix, parameters: Params) {
  const H1 = relu(layer(parameters.W1, X, parameters.b1));
  const H2 = relu(layer(parameters.W2, H1, parameters.b2));
  return sigma(layer(parameters.W3, H2, parameters.b3)).add(0.5).floor();
}
