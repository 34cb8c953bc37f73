import { Matrix } from "ml-matrix";

type Parameters = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix };

const ReLU = (Z: Matrix) => Z.clone().apply(function (this: Matrix, i: number, j: number) { if (this.get(i, j) < 0) this.set(i, j, 0); });
const Sigmoid = (Z: Matrix) => Z.clone().apply(function (this: Matrix, i: number, j: number) { this.set(i, j, 1 / (1 + Math.exp(-this.get(i, j)))); });

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  // layer 1
  const Z1 = W1.mmul(X).addColumnVector(b1);
  const R1 = ReLU(Z1);
  const U1 = Matrix.rand(R1.rows, R1.columns, { random: rng });
  const D1 = new Matrix(U1.to2DArray().map((row) => row.map((u) => (u < keep_prob ? 1 : 0))));
  const A1 = Matrix.mul(R1, D1).div(keep_prob);

  // layer 2
  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const R2 = ReLU(Z2);
  const U2 = Matrix.rand(R2.rows, R2.columns, { random: rng });
  const D2 = new Matrix(U2.to2DArray().map((row) => row.map((u) => (u < keep_prob ? 1 : 0))));
  const A2 = Matrix.mul(R2, D2).div(keep_prob);

  // output
  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = Sigmoid(Z3);

  // R and U are only there so that I can look at them in the debugger
  const cache = { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3, R1, U1, R2, U2, keep_prob, m: X.columns };
  return { A3, cache };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const m = X.columns;
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;

  function accumulate(dZ: Matrix, A: Matrix): [Matrix, Matrix] {
    return [dZ.mmul(A.transpose()).div(m), Matrix.columnVector(dZ.sum("row")).div(m)];
  }
  function dropThenRelu(dA: Matrix, D: Matrix, Z: Matrix): [Matrix, Matrix] {
    const dropped = Matrix.mul(dA, D).div(keep_prob);
    const on = Z.clone().apply(function (this: Matrix, i: number, j: number) { this.set(i, j, this.get(i, j) > 0 ? 1 : 0); });
    return [dropped, on.mul(dropped)];
  }

  const dZ3 = Matrix.sub(A3, Y);
  const [dW3, db3] = accumulate(dZ3, A2);
  const [dA2, dZ2] = dropThenRelu(W3.transpose().mmul(dZ3), D2, Z2);
  const [dW2, db2] = accumulate(dZ2, A1);
  const [dA1, dZ1] = dropThenRelu(W2.transpose().mmul(dZ2), D1, Z1);
  const [dW1, db1] = accumulate(dZ1, X);
  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Parameters) {
  const R1 = ReLU(parameters.W1.mmul(X).addColumnVector(parameters.b1));
  const R2 = ReLU(parameters.W2.mmul(R1).addColumnVector(parameters.b2));
  const p = Sigmoid(parameters.W3.mmul(R2).addColumnVector(parameters.b3));
  return p.apply(function (this: Matrix, i: number, j: number) { this.set(i, j, this.get(i, j) > 0.5 ? 1 : 0); });
}
