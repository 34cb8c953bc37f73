import { Matrix } from 'ml-matrix';

/* everything with plain for loops so that I can see what happens */

interface Net {
  W1: Matrix;
  b1: Matrix;
  W2: Matrix;
  b2: Matrix;
  W3: Matrix;
  b3: Matrix;
}
interface Saved extends Net {
  Z1: Matrix;
  D1: Matrix;
  A1: Matrix;
  Z2: Matrix;
  D2: Matrix;
  A2: Matrix;
  Z3: Matrix;
  A3: Matrix;
}

function affine(W: Matrix, A: Matrix, b: Matrix): Matrix {
  const Z = new Matrix(W.rows, A.columns);
  for (let i = 0; i < W.rows; i++) {
    for (let j = 0; j < A.columns; j++) {
      let s = b.get(i, 0);
      for (let k = 0; k < W.columns; k++) s += W.get(i, k) * A.get(k, j);
      Z.set(i, j, s);
    }
  }
  return Z;
}

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Net,
  keep_prob: number,
  rng: () => number = Math.random,
) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const m = X.columns;

  const Z1 = affine(W1, X, b1);
  const D1 = new Matrix(W1.rows, m);
  const A1 = new Matrix(W1.rows, m);
  for (let i = 0; i < W1.rows; i++) {
    for (let j = 0; j < m; j++) {
      D1.set(i, j, rng() < keep_prob ? 1 : 0);
      const a = Math.max(0, Z1.get(i, j));
      A1.set(i, j, (a * D1.get(i, j)) / keep_prob);
    }
  }

  const Z2 = affine(W2, A1, b2);
  const D2 = new Matrix(W2.rows, m);
  const A2 = new Matrix(W2.rows, m);
  for (let i = 0; i < W2.rows; i++) {
    for (let j = 0; j < m; j++) {
      D2.set(i, j, rng() < keep_prob ? 1 : 0);
      const a = Math.max(0, Z2.get(i, j));
      A2.set(i, j, (a * D2.get(i, j)) / keep_prob);
    }
  }

  const Z3 = affine(W3, A2, b3);
  const A3 = new Matrix(W3.rows, m);
  for (let i = 0; i < W3.rows; i++) {
    for (let j = 0; j < m; j++) {
      A3.set(i, j, 1 / (1 + Math.exp(-Z3.get(i, j))));
    }
  }

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(
  X: Matrix,
  Y: Matrix,
  cache: Saved,
  keep_prob: number,
) {
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const m = X.columns;
  const n1 = A1.rows;
  const n2 = A2.rows;
  const n3 = A3.rows;

  // output layer
  const dZ3 = new Matrix(n3, m);
  for (let i = 0; i < n3; i++) {
    for (let j = 0; j < m; j++) {
      dZ3.set(i, j, Y.get(i, j) - A3.get(i, j)); // target minus output
    }
  }
  const dW3 = weightGradient(dZ3, A2, m);
  const db3 = biasGradient(dZ3, m);

  // second hidden layer
  const dA2 = new Matrix(n2, m);
  const dZ2 = new Matrix(n2, m);
  for (let i = 0; i < n2; i++) {
    for (let j = 0; j < m; j++) {
      let g = 0;
      for (let k = 0; k < n3; k++) g += W3.get(k, i) * dZ3.get(k, j);
      g = (g * D2.get(i, j)) / keep_prob;
      dA2.set(i, j, g);
      dZ2.set(i, j, Z2.get(i, j) > 0 ? g : 0);
    }
  }
  const dW2 = weightGradient(dZ2, A1, m);
  const db2 = biasGradient(dZ2, m);

  // first hidden layer
  const dA1 = new Matrix(n1, m);
  const dZ1 = new Matrix(n1, m);
  for (let i = 0; i < n1; i++) {
    for (let j = 0; j < m; j++) {
      let g = 0;
      for (let k = 0; k < n2; k++) g += W2.get(k, i) * dZ2.get(k, j);
      g = (g * D1.get(i, j)) / keep_prob;
      dA1.set(i, j, g);
      dZ1.set(i, j, Z1.get(i, j) > 0 ? g : 0);
    }
  }
  const dW1 = weightGradient(dZ1, X, m);
  const db1 = biasGradient(dZ1, m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

function weightGradient(dZ: Matrix, A: Matrix, m: number): Matrix {
  const dW = new Matrix(dZ.rows, A.rows);
  for (let i = 0; i < dZ.rows; i++) {
    for (let k = 0; k < A.rows; k++) {
      let s = 0;
      for (let j = 0; j < dZ.columns; j++) s += dZ.get(i, j) * A.get(k, j);
      dW.set(i, k, s / m);
    }
  }
  return dW;
}

function biasGradient(dZ: Matrix, m: number): Matrix {
  const db = new Matrix(dZ.rows, 1);
  for (let i = 0; i < dZ.rows; i++) {
    let s = 0;
    for (let j = 0; j < dZ.columns; j++) s += dZ.get(i, j);
    db.set(i, 0, s / m);
  }
  return db;
}

export function predict(X: Matrix, parameters: Net): Matrix {
  const positive = (v: number) => Math.max(0, v);
  let H = affine(parameters.W1, X, parameters.b1);
  for (let i = 0; i < H.rows; i++)
    for (let j = 0; j < H.columns; j++) H.set(i, j, positive(H.get(i, j)));
  H = affine(parameters.W2, H, parameters.b2);
  for (let i = 0; i < H.rows; i++)
    for (let j = 0; j < H.columns; j++) H.set(i, j, positive(H.get(i, j)));
  const Z3 = affine(parameters.W3, H, parameters.b3);
  const labels = new Matrix(1, X.columns);
  for (let j = 0; j < X.columns; j++) {
    const probability = 1 / (1 + Math.exp(-Z3.get(0, j)));
    labels.set(0, j, probability > 0.5 ? 1 : 0);
  }
  return labels;
}
