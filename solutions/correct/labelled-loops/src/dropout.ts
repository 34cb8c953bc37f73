import { Matrix } from "ml-matrix";

type Net = Record<string, Matrix>;

export function forward_propagation_with_dropout(X: Matrix, parameters: Net, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const m = X.columns;

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = Matrix.ones(Z1.rows, m);
  const A1 = Matrix.zeros(Z1.rows, m);
  units1: for (let i = 0; i < Z1.rows; i++) {
    examples1: for (let j = 0; j < m; j++) {
      if (rng() >= keep_prob) {
        D1.set(i, j, 0);
        continue examples1; // A1 is 0 here already
      }
      if (Z1.get(i, j) <= 0) continue examples1;
      A1.set(i, j, Z1.get(i, j) / keep_prob);
      if (j === m - 1) continue units1;
    }
  }

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = Matrix.ones(Z2.rows, m);
  const A2 = Matrix.zeros(Z2.rows, m);
  units2: for (let i = 0; i < Z2.rows; i++) {
    examples2: for (let j = 0; j < m; j++) {
      if (rng() >= keep_prob) {
        D2.set(i, j, 0);
        continue examples2;
      }
      if (Z2.get(i, j) <= 0) continue examples2;
      A2.set(i, j, Z2.get(i, j) / keep_prob);
      if (j === m - 1) continue units2;
    }
  }

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = Matrix.zeros(Z3.rows, m);
  for (let i = 0; i < Z3.rows; i++) for (let j = 0; j < m; j++) A3.set(i, j, 1 / (1 + Math.exp(-Z3.get(i, j))));

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

function flow(W: Matrix, dZ: Matrix, D: Matrix, Z: Matrix, keep_prob: number): [Matrix, Matrix] {
  const dA = Matrix.zeros(D.rows, D.columns);
  const out = Matrix.zeros(D.rows, D.columns);
  row: for (let i = 0; i < D.rows; i++) {
    let j = -1;
    for (;;) {
      if (++j === D.columns) continue row;
      if (D.get(i, j) === 0) continue;
      let s = 0;
      for (let k = 0; k < W.rows; k++) s += W.get(k, i) * dZ.get(k, j);
      dA.set(i, j, s / keep_prob);
      if (Z.get(i, j) > 0) out.set(i, j, s / keep_prob);
    }
  }
  return [dA, out];
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Net, keep_prob: number) {
  const m = X.columns;
  const dZ3 = Matrix.sub(cache.A3, Y);
  const [dA2, dZ2] = flow(cache.W3, dZ3, cache.D2, cache.Z2, keep_prob);
  const [dA1, dZ1] = flow(cache.W2, dZ2, cache.D1, cache.Z1, keep_prob);
  return {
    dZ3, dA2, dZ2, dA1, dZ1,
    dW3: dZ3.mmul(cache.A2.transpose()).div(m), db3: Matrix.columnVector(dZ3.sum("row")).div(m),
    dW2: dZ2.mmul(cache.A1.transpose()).div(m), db2: Matrix.columnVector(dZ2.sum("row")).div(m),
    dW1: dZ1.mmul(X.transpose()).div(m), db1: Matrix.columnVector(dZ1.sum("row")).div(m),
  };
}

export function predict(X: Matrix, parameters: Net) {
  return forward_propagation_with_dropout(X, parameters, 1).A3.round();
}
