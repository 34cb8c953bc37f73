import { Matrix } from "ml-matrix";

type Rng = () => number;

// I did not trust the broadcasting of the library, so every entry is written out by hand.

function matmul(a: Matrix, b: Matrix): Matrix {
  const out = new Matrix(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.columns; j++) {
      let sum = 0;
      for (let k = 0; k < a.columns; k++) {
        sum += a.get(i, k) * b.get(k, j);
      }
      out.set(i, j, sum);
    }
  }
  return out;
}

function linear(W: Matrix, A: Matrix, b: Matrix): Matrix {
  const z = matmul(W, A);
  for (let i = 0; i < z.rows; i++) {
    for (let j = 0; j < z.columns; j++) {
      z.set(i, j, z.get(i, j) + b.get(i, 0));
    }
  }
  return z;
}

function relu(Z: Matrix): Matrix {
  const a = new Matrix(Z.rows, Z.columns);
  for (let i = 0; i < Z.rows; i++)
    for (let j = 0; j < Z.columns; j++) if (Z.get(i, j) > 0) a.set(i, j, Z.get(i, j));
  return a;
}

function sigmoid(Z: Matrix): Matrix {
  const a = new Matrix(Z.rows, Z.columns);
  for (let i = 0; i < Z.rows; i++)
    for (let j = 0; j < Z.columns; j++) a.set(i, j, 1 / (1 + Math.exp(-Z.get(i, j))));
  return a;
}

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix },
  keep_prob: number,
  rng: Rng = Math.random,
) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = linear(W1, X, b1);
  const A1 = relu(Z1);
  const D1 = new Matrix(A1.rows, A1.columns);
  for (let i = 0; i < D1.rows; i++) {
    for (let j = 0; j < D1.columns; j++) {
      if (rng() < keep_prob) {
        D1.set(i, j, 1);
        A1.set(i, j, A1.get(i, j) / keep_prob);
      } else {
        D1.set(i, j, 0);
        A1.set(i, j, 0);
      }
    }
  }

  const Z2 = linear(W2, A1, b2);
  const A2 = relu(Z2);
  const D2 = new Matrix(A2.rows, A2.columns);
  for (let i = 0; i < D2.rows; i++) {
    for (let j = 0; j < D2.columns; j++) {
      if (rng() < keep_prob) {
        D2.set(i, j, 1);
        A2.set(i, j, A2.get(i, j) / keep_prob);
      } else {
        D2.set(i, j, 0);
        A2.set(i, j, 0);
      }
    }
  }

  const Z3 = linear(W3, A2, b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const m = X.columns;
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache as Record<string, Matrix>;

  const dZ3 = new Matrix(A3.rows, m);
  for (let i = 0; i < A3.rows; i++)
    for (let j = 0; j < m; j++) dZ3.set(i, j, A3.get(i, j) - Y.get(i, j));

  const dA2 = matmul(W3.transpose(), dZ3);
  const dZ2 = new Matrix(dA2.rows, m);
  for (let i = 0; i < dA2.rows; i++) {
    for (let j = 0; j < m; j++) {
      dA2.set(i, j, (dA2.get(i, j) * D2.get(i, j)) / keep_prob);
      dZ2.set(i, j, Z2.get(i, j) > 0 ? dA2.get(i, j) : 0);
    }
  }

  const dA1 = matmul(W2.transpose(), dZ2);
  const dZ1 = new Matrix(dA1.rows, m);
  for (let i = 0; i < dA1.rows; i++) {
    for (let j = 0; j < m; j++) {
      dA1.set(i, j, (dA1.get(i, j) * D1.get(i, j)) / keep_prob);
      dZ1.set(i, j, Z1.get(i, j) > 0 ? dA1.get(i, j) : 0);
    }
  }

  return {
    dZ3, dW3: weightGrad(dZ3, A2), db3: biasGrad(dZ3),
    dA2, dZ2, dW2: weightGrad(dZ2, A1), db2: biasGrad(dZ2),
    dA1, dZ1, dW1: weightGrad(dZ1, X), db1: biasGrad(dZ1),
  };
}

function weightGrad(dZ: Matrix, A: Matrix) {
  const g = matmul(dZ, A.transpose());
  for (let i = 0; i < g.rows; i++) for (let j = 0; j < g.columns; j++) g.set(i, j, g.get(i, j) / dZ.columns);
  return g;
}

function biasGrad(dZ: Matrix) {
  const g = new Matrix(dZ.rows, 1);
  for (let i = 0; i < dZ.rows; i++) {
    let s = 0;
    for (let j = 0; j < dZ.columns; j++) s += dZ.get(i, j);
    g.set(i, 0, s / dZ.columns);
  }
  return g;
}

export function predict(X: Matrix, p: { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }) {
  const A3 = sigmoid(linear(p.W3, relu(linear(p.W2, relu(linear(p.W1, X, p.b1)), p.b2)), p.b3));
  const labels = new Matrix(1, X.columns);
  for (let j = 0; j < X.columns; j++) labels.set(0, j, A3.get(0, j) > 0.5 ? 1 : 0);
  return labels;
}
