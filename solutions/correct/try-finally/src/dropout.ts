import { Matrix } from "ml-matrix";

let depth = 0; // only for the indentation of the trace
const trace: string[] = [];

function traced<R>(what: string, body: () => R): R {
  trace.push(" ".repeat(depth) + what);
  depth++;
  try {
    return body();
  } catch (error) {
    trace.push(" ".repeat(depth) + "failed");
    throw error;
  } finally {
    depth--;
    if (depth === 0) trace.length = 0;
  }
}

type P = Record<string, Matrix>;

function assertSameShape(A: Matrix, B: Matrix): void {
  if (A.rows !== B.rows || A.columns !== B.columns) {
    throw new Error(`shapes differ: ${A.rows}x${A.columns} and ${B.rows}x${B.columns}`);
  }
}

function hadamard(A: Matrix, B: Matrix): Matrix {
  assertSameShape(A, B);
  return Matrix.mul(A, B);
}

function transform(A: Matrix, f: (x: number) => number): Matrix {
  const B = A.clone();
  for (let i = 0; i < B.rows; i++) B.setRow(i, B.getRow(i).map((x) => f(x)));
  return B;
}

export function forward_propagation_with_dropout(X: Matrix, parameters: P, keep_prob: number, rng: () => number = Math.random) {
  return traced("forward", () => {
    const { W1, b1, W2, b2, W3, b3 } = parameters;
    const bern = (Z: Matrix) => traced("mask", () => transform(Z, () => (rng() < keep_prob ? 1 : 0)));

    const Z1 = traced("Z1", () => W1.mmul(X).addColumnVector(b1));
    const D1 = bern(Z1);
    const A1 = traced("A1", () => hadamard(transform(Z1, (z) => Math.max(0, z)), D1).div(keep_prob));

    const Z2 = traced("Z2", () => W2.mmul(A1).addColumnVector(b2));
    const D2 = bern(Z2);
    const A2 = traced("A2", () => hadamard(transform(Z2, (z) => Math.max(0, z)), D2).div(keep_prob));

    const Z3 = traced("Z3", () => W3.mmul(A2).addColumnVector(b3));
    const A3 = traced("A3", () => transform(Z3, (z) => 1 / (1 + Math.exp(-z))));
    return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
  });
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: P, keep_prob: number) {
  return traced("backward", () => {
    assertSameShape(Y, cache.A3);
    const m = X.columns;
    const dZ3 = Matrix.sub(cache.A3, Y);
    const dA2 = traced("dA2", () => hadamard(cache.W3.transpose().mmul(dZ3), cache.D2).div(keep_prob));
    const dZ2 = traced("dZ2", () => hadamard(dA2, transform(cache.Z2, (z) => (z > 0 ? 1 : 0))));
    const dA1 = traced("dA1", () => hadamard(cache.W2.transpose().mmul(dZ2), cache.D1).div(keep_prob));
    const dZ1 = traced("dZ1", () => hadamard(dA1, transform(cache.Z1, (z) => (z > 0 ? 1 : 0))));
    const dW = (dZ: Matrix, A: Matrix) => traced("dW", () => dZ.mmul(A.transpose()).div(m));
    const db = (dZ: Matrix) => traced("db", () => Matrix.columnVector(dZ.sum("row")).div(m));
    return { dZ3, dW3: dW(dZ3, cache.A2), db3: db(dZ3), dA2, dZ2, dW2: dW(dZ2, cache.A1), db2: db(dZ2), dA1, dZ1, dW1: dW(dZ1, X), db1: db(dZ1) };
  });
}

export function predict(X: Matrix, parameters: P) {
  return traced("predict", () => transform(forward_propagation_with_dropout(X, parameters, 1).A3, (p) => (p > 0.5 ? 1 : 0)));
}
