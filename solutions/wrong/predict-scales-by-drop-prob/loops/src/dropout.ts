import { Matrix } from "ml-matrix";

type Rng = () => number;
type Dict = Record<string, Matrix>;

// plain loops, I don't trust broadcasting

function multiply(A: Matrix, B: Matrix): Matrix {
  const C = new Matrix(A.rows, B.columns);
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < B.columns; j++) {
      let s = 0;
      for (let k = 0; k < A.columns; k++) {
        s += A.get(i, k) * B.get(k, j);
      }
      C.set(i, j, s);
    }
  }
  return C;
}

function addBias(Z: Matrix, b: Matrix): Matrix {
  const out = new Matrix(Z.rows, Z.columns);
  for (let i = 0; i < Z.rows; i++) {
    for (let j = 0; j < Z.columns; j++) {
      out.set(i, j, Z.get(i, j) + b.get(i, 0));
    }
  }
  return out;
}

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: Rng = Math.random): any {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const m = X.columns;

  // ---- layer 1
  const Z1 = addBias(multiply(W1, X), b1);
  const n1 = Z1.rows;
  const D1 = new Matrix(n1, m);
  const A1 = new Matrix(n1, m);
  for (let i = 0; i < n1; i++) {
    for (let j = 0; j < m; j++) {
      if (rng() < keep_prob) {
        D1.set(i, j, 1);
      }
      const a = Math.max(0, Z1.get(i, j));
      A1.set(i, j, (a * D1.get(i, j)) / keep_prob);
    }
  }

  // ---- layer 2
  const Z2 = addBias(multiply(W2, A1), b2);
  const n2 = Z2.rows;
  const D2 = new Matrix(n2, m);
  const A2 = new Matrix(n2, m);
  for (let i = 0; i < n2; i++) {
    for (let j = 0; j < m; j++) {
      if (rng() < keep_prob) {
        D2.set(i, j, 1);
      }
      const a = Math.max(0, Z2.get(i, j));
      A2.set(i, j, (a * D2.get(i, j)) / keep_prob);
    }
  }

  // ---- output layer
  const Z3 = addBias(multiply(W3, A2), b3);
  const A3 = new Matrix(Z3.rows, m);
  for (let i = 0; i < Z3.rows; i++) {
    for (let j = 0; j < m; j++) {
      A3.set(i, j, 1 / (1 + Math.exp(-Z3.get(i, j))));
    }
  }

  const cache: Dict = { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 };
  return { A3, cache };
}

function weightGradient(dZ: Matrix, A: Matrix): Matrix {
  const m = dZ.columns;
  const dW = new Matrix(dZ.rows, A.rows);
  for (let i = 0; i < dZ.rows; i++) {
    for (let k = 0; k < A.rows; k++) {
      let s = 0;
      for (let j = 0; j < m; j++) s += dZ.get(i, j) * A.get(k, j);
      dW.set(i, k, s / m);
    }
  }
  return dW;
}

function biasGradient(dZ: Matrix): Matrix {
  const db = new Matrix(dZ.rows, 1);
  for (let i = 0; i < dZ.rows; i++) {
    let s = 0;
    for (let j = 0; j < dZ.columns; j++) s += dZ.get(i, j);
    db.set(i, 0, s / dZ.columns);
  }
  return db;
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number): any {
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;

  const dZ3 = new Matrix(A3.rows, A3.columns);
  for (let i = 0; i < A3.rows; i++) {
    for (let j = 0; j < A3.columns; j++) dZ3.set(i, j, A3.get(i, j) - Y.get(i, j));
  }

  const dA2 = multiply(W3.transpose(), dZ3);
  const dZ2 = new Matrix(dA2.rows, dA2.columns);
  for (let i = 0; i < dA2.rows; i++) {
    for (let j = 0; j < dA2.columns; j++) {
      dA2.set(i, j, (dA2.get(i, j) * D2.get(i, j)) / keep_prob);
      dZ2.set(i, j, Z2.get(i, j) > 0 ? dA2.get(i, j) : 0);
    }
  }

  const dA1 = multiply(W2.transpose(), dZ2);
  const dZ1 = new Matrix(dA1.rows, dA1.columns);
  for (let i = 0; i < dA1.rows; i++) {
    for (let j = 0; j < dA1.columns; j++) {
      dA1.set(i, j, (dA1.get(i, j) * D1.get(i, j)) / keep_prob);
      dZ1.set(i, j, Z1.get(i, j) > 0 ? dA1.get(i, j) : 0);
    }
  }

  return {
    dZ3, dW3: weightGradient(dZ3, A2), db3: biasGradient(dZ3),
    dA2, dZ2, dW2: weightGradient(dZ2, A1), db2: biasGradient(dZ2),
    dA1, dZ1, dW1: weightGradient(dZ1, X), db1: biasGradient(dZ1),
  };
}

function hidden(W: Matrix, A: Matrix, b: Matrix): Matrix {
  const Z = addBias(multiply(W, A), b);
  for (let i = 0; i < Z.rows; i++) {
    for (let j = 0; j < Z.columns; j++) {
      if (Z.get(i, j) < 0) Z.set(i, j, 0);
    }
  }
  return Z;
}

function scaleAll(A: Matrix, s: number): Matrix {
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < A.columns; j++) A.set(i, j, A.get(i, j) * s);
  }
  return A;
}

export function predict(X: Matrix, parameters: any, keep_prob = 0.8): Matrix {
  const p_drop = 1 - keep_prob;
  const A1 = scaleAll(hidden(parameters.W1, X, parameters.b1), p_drop);
  const A2 = scaleAll(hidden(parameters.W2, A1, parameters.b2), p_drop);
  const Z3 = addBias(multiply(parameters.W3, A2), parameters.b3);
  const labels = new Matrix(1, X.columns);
  for (let j = 0; j < X.columns; j++) {
    const prob = 1 / (1 + Math.exp(-Z3.get(0, j)));
    if (prob > 0.5) {
      labels.set(0, j, 1);
    }
  }
  return labels;
}
