import { Matrix } from "ml-matrix";

const DEBUG = true;
const log = (...what: unknown[]) => { if (DEBUG) console.log("[dropout]", ...what); };

const relu = (Z: Matrix) => new Matrix(Z.to2DArray().map((r) => r.map((z) => (z > 0 ? z : 0))));
const sigmoid = (Z: Matrix) => new Matrix(Z.to2DArray().map((r) => r.map((z) => 1 / (1 + Math.exp(-z)))));

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: () => number = Math.random) {
  console.log("=== forward, keep_prob =", keep_prob, "===");
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  log("X", X.rows, "x", X.columns, "W1", W1.rows, "x", W1.columns);

  const Z1 = W1.mmul(X).addColumnVector(b1);
  let A1 = relu(Z1);
  const D1 = Matrix.rand(A1.rows, A1.columns, { random: rng });
  for (let i = 0; i < D1.rows; i++) for (let j = 0; j < D1.columns; j++) D1.set(i, j, D1.get(i, j) < keep_prob ? 1 : 0);
  log("D1 keeps", D1.sum(), "of", D1.size);
  const before = A1.norm();
  A1 = Matrix.mul(A1, D1);
  A1 = Matrix.div(A1, keep_prob);
  log("norm of A1 before", before, "after", A1.norm());

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  let A2 = relu(Z2);
  const D2 = Matrix.rand(A2.rows, A2.columns, { random: rng });
  for (let i = 0; i < D2.rows; i++) for (let j = 0; j < D2.columns; j++) D2.set(i, j, D2.get(i, j) < keep_prob ? 1 : 0);
  log("D2 keeps", D2.sum(), "of", D2.size);
  A2 = Matrix.mul(A2, D2);
  A2 = Matrix.div(A2, keep_prob);
  console.table(D2.to2DArray());

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);
  console.info("A3 = " + A3.toString());
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  console.log("::warning::=== backward ===");
  const m = X.columns;
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const positive = (Z: Matrix) => new Matrix(Z.to2DArray().map((r) => r.map((z) => (z > 0 ? 1 : 0))));

  const dZ3 = Matrix.sub(A3, Y);
  const dW3 = dZ3.mmul(A2.transpose()).div(m);
  const db3 = Matrix.columnVector(dZ3.sum("row")).div(m);

  let dA2 = W3.transpose().mmul(dZ3);
  dA2 = Matrix.mul(dA2, D2);
  dA2 = Matrix.div(dA2, keep_prob);
  const dZ2 = Matrix.mul(dA2, positive(Z2));
  const dW2 = dZ2.mmul(A1.transpose()).div(m);
  const db2 = Matrix.columnVector(dZ2.sum("row")).div(m);

  let dA1 = W2.transpose().mmul(dZ2);
  dA1 = Matrix.mul(dA1, D1);
  dA1 = Matrix.div(dA1, keep_prob);
  const dZ1 = Matrix.mul(dA1, positive(Z1));
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  const db1 = Matrix.columnVector(dZ1.sum("row")).div(m);

  log("|dW1|", dW1.norm(), "|dW2|", dW2.norm(), "|dW3|", dW3.norm());
  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: any) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A3 = sigmoid(W3.mmul(relu(W2.mmul(relu(W1.mmul(X).addColumnVector(b1))).addColumnVector(b2))).addColumnVector(b3));
  const labels = new Matrix(A3.to2DArray().map((r) => r.map((p) => (p > 0.5 ? 1 : 0))));
  console.log("predicted", labels.sum(), "ones of", labels.columns);
  return labels;
}
