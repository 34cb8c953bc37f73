import { Matrix } from "ml-matrix";

type Rng = () => number;
type Tensors<K extends string> = { [P in K]: Matrix };
type Parameters = Tensors<"W1" | "b1" | "W2" | "b2" | "W3" | "b3">;
type Cache = Parameters & Tensors<"Z1" | "D1" | "A1" | "Z2" | "D2" | "A2" | "Z3" | "A3">;

const relu = (Z: Matrix): Matrix => Z.clone().apply(function (i, j) { this.set(i, j, Math.max(0, this.get(i, j))); });
const sigmoid = (Z: Matrix): Matrix => Z.clone().neg().exp().add(1).pow(-1);

/** A with the dropped units blanked out. Activations from the cache may or may not be blank already. */
function blank(A: Matrix, D: Matrix): Matrix {
  return Matrix.mul(A, D);
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: Rng = Math.random): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const draw = (rows: number): Matrix => {
    const D = Matrix.random(rows, X.columns, { random: rng });
    return D.apply(function (i, j) { this.set(i, j, this.get(i, j) <= keep_prob ? 1 : 0); });
  };

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = draw(W1.rows);
  const A1 = blank(relu(Z1).div(keep_prob), D1);

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = draw(W2.rows);
  const A2 = blank(relu(Z2).div(keep_prob), D2);

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const m = X.columns;
  const ones = Matrix.ones(m, 1);
  const seen2 = blank(cache.A2, cache.D2); // what layer 3 read
  const seen1 = blank(cache.A1, cache.D1); // what layer 2 read

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dA2 = blank(cache.W3.transpose().mmul(dZ3), cache.D2).div(keep_prob);
  const dZ2 = dA2.clone().apply(function (i, j) { if (seen2.get(i, j) === 0) this.set(i, j, 0); });
  const dA1 = blank(cache.W2.transpose().mmul(dZ2), cache.D1).div(keep_prob);
  const dZ1 = dA1.clone().apply(function (i, j) { if (seen1.get(i, j) === 0) this.set(i, j, 0); });

  return {
    dZ3, dW3: dZ3.mmul(seen2.transpose()).div(m), db3: dZ3.mmul(ones).div(m),
    dA2, dZ2, dW2: dZ2.mmul(seen1.transpose()).div(m), db2: dZ2.mmul(ones).div(m),
    dA1, dZ1, dW1: dZ1.mmul(X.transpose()).div(m), db1: dZ1.mmul(ones).div(m),
  };
}

export function predict(X: Matrix, { W1, b1, W2, b2, W3, b3 }: Parameters): Matrix {
  const A1 = relu(W1.mmul(X).addColumnVector(b1));
  const A2 = relu(W2.mmul(A1).addColumnVector(b2));
  const A3 = sigmoid(W3.mmul(A2).addColumnVector(b3));
  return A3.apply(function (i, j) { this.set(i, j, this.get(i, j) > 0.5 ? 1 : 0); });
}
