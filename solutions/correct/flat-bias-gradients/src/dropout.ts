import { Matrix } from "ml-matrix";

type Rng = () => number;

interface Gradients {
  dZ3: Matrix; dW3: Matrix; db3: number[];
  dA2: Matrix; dZ2: Matrix; dW2: Matrix; db2: number[];
  dA1: Matrix; dZ1: Matrix; dW1: Matrix; db1: number[];
}

// Vectors are plain number[] for me: biases, labels. Only real matrices are Matrix.
const vec = (b: Matrix): number[] => b.to1DArray();

const addBias = (Z: Matrix, b: number[]): Matrix => {
  b.forEach((bi, i) => {
    for (let j = 0; j < Z.columns; j++) Z.set(i, j, Z.get(i, j) + bi);
  });
  return Z;
};

const relu = (Z: Matrix): Matrix => {
  const A = Z.clone();
  for (let i = 0; i < A.rows; i++) for (let j = 0; j < A.columns; j++) A.set(i, j, A.get(i, j) > 0 ? A.get(i, j) : 0);
  return A;
};

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: Rng = Math.random) {
  const { W1, W2, W3 } = parameters;
  const [b1, b2, b3] = [vec(parameters.b1), vec(parameters.b2), vec(parameters.b3)];

  const Z1 = addBias(W1.mmul(X), b1);
  const D1 = randomMask(Z1, keep_prob, rng);
  const A1 = relu(Z1).mul(D1).div(keep_prob);
  const Z2 = addBias(W2.mmul(A1), b2);
  const D2 = randomMask(Z2, keep_prob, rng);
  const A2 = relu(Z2).mul(D2).div(keep_prob);
  const Z3 = addBias(W3.mmul(A2), b3);
  const A3 = new Matrix(Z3.to2DArray().map((row) => row.map(sigmoid)));
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

function randomMask({ rows, columns }: Matrix, keep_prob: number, rng: Rng): Matrix {
  return new Matrix(Array.from({ length: rows }, () => Array.from({ length: columns }, () => Math.ceil(keep_prob - rng()))));
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number): Gradients {
  const m = X.columns;
  const mean = (row: number[]) => row.reduce((a, b) => a + b, 0) / m;
  const bias = (dZ: Matrix) => dZ.to2DArray().map(mean);
  const relu_backward = (dA: Matrix, Z: Matrix) => {
    const dZ = dA.clone();
    dZ.apply((i, j) => { dZ.set(i, j, Z.get(i, j) > 0 ? dA.get(i, j) : 0); });
    return dZ;
  };

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dA2 = cache.W3.transpose().mmul(dZ3).mul(cache.D2).div(keep_prob);
  const dZ2 = relu_backward(dA2, cache.Z2);
  const dA1 = cache.W2.transpose().mmul(dZ2).mul(cache.D1).div(keep_prob);
  const dZ1 = relu_backward(dA1, cache.Z1);

  return {
    dZ3, dW3: dZ3.mmul(cache.A2.transpose()).div(m), db3: bias(dZ3),
    dA2, dZ2, dW2: dZ2.mmul(cache.A1.transpose()).div(m), db2: bias(dZ2),
    dA1, dZ1, dW1: dZ1.mmul(X.transpose()).div(m), db1: bias(dZ1),
  };
}

export function predict(X: Matrix, parameters: any): number[] {
  const A1 = relu(addBias(parameters.W1.mmul(X), vec(parameters.b1)));
  const A2 = relu(addBias(parameters.W2.mmul(A1), vec(parameters.b2)));
  const Z3 = addBias(parameters.W3.mmul(A2), vec(parameters.b3));
  return Z3.getRow(0).map((z) => (sigmoid(z) > 0.5 ? 1 : 0));
}
