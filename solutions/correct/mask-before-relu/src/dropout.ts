import { Matrix } from "ml-matrix";

/* Dropout on the pre-activation: with ReLU that comes to the same thing. */

type Net = Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Matrix>;

function dropped(Z: Matrix, D: Matrix, keep_prob: number): Matrix {
  const A = new Matrix(Z.rows, Z.columns);
  for (let i = 0; i < Z.rows; i++) {
    for (let j = 0; j < Z.columns; j++) {
      const z = (Z.get(i, j) * D.get(i, j)) / keep_prob;
      A.set(i, j, z > 0 ? z : 0);
    }
  }
  return A;
}

function randomMask(rows: number, columns: number, keep_prob: number, rng: () => number): Matrix {
  return new Matrix(Array.from(Array(rows), () => Array.from(Array(columns), () => (rng() < keep_prob ? 1 : 0))));
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Net, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = W1.mmul(X);
  Z1.addColumnVector(b1);
  const D1 = randomMask(Z1.rows, Z1.columns, keep_prob, rng);
  const A1 = dropped(Z1, D1, keep_prob);

  const Z2 = W2.mmul(A1);
  Z2.addColumnVector(b2);
  const D2 = randomMask(Z2.rows, Z2.columns, keep_prob, rng);
  const A2 = dropped(Z2, D2, keep_prob);

  const Z3 = W3.mmul(A2);
  Z3.addColumnVector(b3);
  const A3 = Z3.clone();
  A3.apply((i, j) => void A3.set(i, j, 1 / (1 + Math.exp(-Z3.get(i, j)))));

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
  const m = X.columns;
  const out: Record<string, Matrix> = { dZ3: Matrix.sub(cache.A3, Y) };

  const finish = (l: number, input: Matrix) => {
    out[`dW${l}`] = out[`dZ${l}`].mmul(input.transpose()).div(m);
    out[`db${l}`] = Matrix.columnVector(out[`dZ${l}`].sum("row")).div(m);
  };
  const descend = (l: number) => {
    const g = cache[`W${l + 1}`].transpose().mmul(out[`dZ${l + 1}`]);
    const Z = cache[`Z${l}`];
    const D = cache[`D${l}`];
    const dA = new Matrix(g.rows, g.columns);
    const dZ = new Matrix(g.rows, g.columns);
    for (let i = 0; i < g.rows; i++) {
      for (let j = 0; j < g.columns; j++) {
        const v = (D.get(i, j) * g.get(i, j)) / keep_prob;
        dA.set(i, j, v);
        if (Z.get(i, j) > 0) dZ.set(i, j, v);
      }
    }
    out[`dA${l}`] = dA;
    out[`dZ${l}`] = dZ;
  };

  finish(3, cache.A2);
  descend(2);
  finish(2, cache.A1);
  descend(1);
  finish(1, X);
  return out;
}

export function predict(X: Matrix, parameters: Net) {
  const all = (rows: number) => Matrix.ones(rows, X.columns);
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A1 = dropped(W1.mmul(X).addColumnVector(b1), all(W1.rows), 1);
  const A2 = dropped(W2.mmul(A1).addColumnVector(b2), all(W2.rows), 1);
  const Z3 = W3.mmul(A2).addColumnVector(b3);
  return Matrix.rowVector(Z3.getRow(0).map((z) => (1 / (1 + Math.exp(-z)) > 0.5 ? 1 : 0)));
}
