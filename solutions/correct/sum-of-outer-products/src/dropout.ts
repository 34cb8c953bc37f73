import { Matrix } from "ml-matrix";

// dW = (1/m) Σ_i dz⁽ⁱ⁾ a⁽ⁱ⁾ᵀ, literally as on the slide.

type Tensors = Record<string, Matrix>;

function meanOuter(dZ: Matrix, A: Matrix): Matrix {
  const m = dZ.columns;
  let total = Matrix.zeros(dZ.rows, A.rows);
  for (let i = 0; i < m; i++) {
    const dz = dZ.getColumnVector(i);
    const a = A.getColumnVector(i);
    total = Matrix.add(total, dz.mmul(a.transpose()));
  }
  return total.div(m);
}

function meanColumn(dZ: Matrix): Matrix {
  const m = dZ.columns;
  let total = Matrix.zeros(dZ.rows, 1);
  for (let i = 0; i < m; i++) total = Matrix.add(total, dZ.getColumnVector(i));
  return total.div(m);
}

function sigma(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

function column(Z: Matrix, i: number, f: (z: number) => number): Matrix {
  return Matrix.columnVector(Z.getColumn(i).map(f));
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Tensors, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const m = X.columns;
  const make = (n: number) => Matrix.zeros(n, m);
  const Z1 = make(W1.rows), D1 = make(W1.rows), A1 = make(W1.rows);
  const Z2 = make(W2.rows), D2 = make(W2.rows), A2 = make(W2.rows);
  const Z3 = make(W3.rows), A3 = make(W3.rows);

  for (let i = 0; i < m; i++) {
    Z1.setColumn(i, W1.mmul(X.getColumnVector(i)).add(b1));
    D1.setColumn(i, column(Z1, i, () => (rng() < keep_prob ? 1 : 0)));
    A1.setColumn(i, column(Z1, i, (z) => Math.max(0, z)).mul(D1.getColumnVector(i)).div(keep_prob));

    Z2.setColumn(i, W2.mmul(A1.getColumnVector(i)).add(b2));
    D2.setColumn(i, column(Z2, i, () => (rng() < keep_prob ? 1 : 0)));
    A2.setColumn(i, column(Z2, i, (z) => Math.max(0, z)).mul(D2.getColumnVector(i)).div(keep_prob));

    Z3.setColumn(i, W3.mmul(A2.getColumnVector(i)).add(b3));
    A3.setColumn(i, column(Z3, i, sigma));
  }
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Tensors, keep_prob: number) {
  const { Z1, D1, A1, W2, Z2, D2, A2, W3, A3 } = cache;
  const m = X.columns;
  const dZ3 = Matrix.zeros(A3.rows, m);
  const dA2 = Matrix.zeros(A2.rows, m), dZ2 = Matrix.zeros(A2.rows, m);
  const dA1 = Matrix.zeros(A1.rows, m), dZ1 = Matrix.zeros(A1.rows, m);

  for (let i = 0; i < m; i++) {
    const dz3 = A3.getColumnVector(i).sub(Y.getColumnVector(i));

    const da2 = W3.transpose().mmul(dz3).mul(D2.getColumnVector(i)).div(keep_prob);
    const dz2 = Matrix.mul(da2, column(Z2, i, (z) => (z > 0 ? 1 : 0)));

    const da1 = W2.transpose().mmul(dz2).mul(D1.getColumnVector(i)).div(keep_prob);
    const dz1 = Matrix.mul(da1, column(Z1, i, (z) => (z > 0 ? 1 : 0)));

    dZ3.setColumn(i, dz3);
    dA2.setColumn(i, da2);
    dZ2.setColumn(i, dz2);
    dA1.setColumn(i, da1);
    dZ1.setColumn(i, dz1);
  }

  return {
    dZ3, dW3: meanOuter(dZ3, A2), db3: meanColumn(dZ3),
    dA2, dZ2, dW2: meanOuter(dZ2, A1), db2: meanColumn(dZ2),
    dA1, dZ1, dW1: meanOuter(dZ1, X), db1: meanColumn(dZ1),
  };
}

export function predict(X: Matrix, parameters: Tensors) {
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  return Matrix.rowVector(A3.getRow(0).map((p) => (p > 0.5 ? 1 : 0)));
}
