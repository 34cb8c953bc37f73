import Matrix from "ml-matrix";

// Multiplications are cheaper than divisions, so 1/keep_prob and 1/m are computed once.

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const gain = 1 / keep_prob;
  const m = X.columns;

  const Z1: Matrix = W1.mmul(X).addColumnVector(b1);
  const D1 = Matrix.zeros(Z1.rows, m);
  const A1 = Matrix.zeros(Z1.rows, m);
  for (let i = 0; i < Z1.rows; i++) {
    for (let j = 0; j < m; j++) {
      const d = rng() < keep_prob ? 1 : 0;
      D1.set(i, j, d);
      A1.set(i, j, gain * d * Math.max(0, Z1.get(i, j)));
    }
  }

  const Z2: Matrix = W2.mmul(A1).addColumnVector(b2);
  const D2 = Matrix.zeros(Z2.rows, m);
  const A2 = Matrix.zeros(Z2.rows, m);
  for (let i = 0; i < Z2.rows; i++) {
    for (let j = 0; j < m; j++) {
      const d = rng() < keep_prob ? 1 : 0;
      D2.set(i, j, d);
      A2.set(i, j, gain * d * Math.max(0, Z2.get(i, j)));
    }
  }

  const Z3: Matrix = W3.mmul(A2).addColumnVector(b3);
  const A3 = Z3.clone().neg().exp().add(1).pow(-1);

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const gain = 1 / keep_prob;
  const share = 1 / X.columns;

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dW3 = dZ3.mmul(cache.A2.transpose()).mul(share);
  const db3 = Matrix.columnVector(dZ3.sum("row")).mul(share);

  const dA2 = Matrix.mul(cache.D2, gain).mul(cache.W3.transpose().mmul(dZ3));
  const dZ2 = dA2.clone();
  for (let i = 0; i < dZ2.rows; i++) for (let j = 0; j < dZ2.columns; j++) if (cache.Z2.get(i, j) <= 0) dZ2.set(i, j, 0);
  const dW2 = dZ2.mmul(cache.A1.transpose()).mul(share);
  const db2 = Matrix.columnVector(dZ2.sum("row")).mul(share);

  const dA1 = Matrix.mul(cache.D1, gain).mul(cache.W2.transpose().mmul(dZ2));
  const dZ1 = dA1.clone();
  for (let i = 0; i < dZ1.rows; i++) for (let j = 0; j < dZ1.columns; j++) if (cache.Z1.get(i, j) <= 0) dZ1.set(i, j, 0);
  const dW1 = dZ1.mmul(X.transpose()).mul(share);
  const db1 = Matrix.columnVector(dZ1.sum("row")).mul(share);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: any) {
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  const labels = new Matrix(1, X.columns);
  for (let j = 0; j < X.columns; j++) labels.set(0, j, Math.round(A3.get(0, j)));
  return labels;
}
