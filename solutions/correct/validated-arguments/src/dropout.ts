import { Matrix } from "ml-matrix";

class ShapeError extends Error {
  override name = "ShapeError";
}

type Shape = [number, number];
interface Parameters { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }
interface Cache extends Parameters { Z1: Matrix; D1: Matrix; A1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; Z3: Matrix; A3: Matrix }

function expectShape(name: string, M: Matrix, [rows, columns]: Shape): void {
  if (M.rows !== rows || M.columns !== columns) {
    throw new ShapeError(`${name} is ${M.rows}x${M.columns}, but should be ${rows}x${columns}`);
  }
}

function expectProbability(keep_prob: number): void {
  if (!(keep_prob > 0 && keep_prob <= 1)) {
    throw new RangeError(`keep_prob has to be in (0, 1], got ${keep_prob}`);
  }
}

function expectParameters(X: Matrix, p: Parameters): void {
  expectShape("b1", p.b1, [p.W1.rows, 1]);
  expectShape("W1", p.W1, [p.W1.rows, X.rows]);
  expectShape("W2", p.W2, [p.W2.rows, p.W1.rows]);
  expectShape("b2", p.b2, [p.W2.rows, 1]);
  expectShape("W3", p.W3, [p.W3.rows, p.W2.rows]);
  expectShape("b3", p.b3, [p.W3.rows, 1]);
}

function apply(M: Matrix, f: (x: number) => number): Matrix {
  const out = Matrix.zeros(M.rows, M.columns);
  for (let i = 0; i < M.rows; i++) {
    for (let j = 0; j < M.columns; j++) {
      const y = f(M.get(i, j));
      if (Number.isNaN(y)) throw new Error(`NaN at (${i}, ${j})`);
      out.set(i, j, y);
    }
  }
  return out;
}

const relu = (M: Matrix) => apply(M, (x) => Math.max(x, 0));
const sigmoid = (M: Matrix) => apply(M, (x) => 1 / (1 + Math.exp(-x)));

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: () => number = Math.random): { A3: Matrix; cache: Cache } {
  expectProbability(keep_prob);
  expectParameters(X, parameters);
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const uniform = (): number => {
    const u = rng();
    if (u < 0 || u >= 1) throw new RangeError(`rng returned ${u}`);
    return u;
  };
  const mask = (M: Matrix) => apply(M, () => (uniform() < keep_prob ? 1 : 0));

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = mask(Z1);
  const A1 = relu(Z1).mul(D1).div(keep_prob);
  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = mask(Z2);
  const A2 = relu(Z2).mul(D2).div(keep_prob);
  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);

  expectShape("A3", A3, [W3.rows, X.columns]);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  expectProbability(keep_prob);
  expectParameters(X, cache);
  expectShape("Y", Y, [cache.A3.rows, X.columns]);
  expectShape("D1", cache.D1, [cache.Z1.rows, X.columns]);
  expectShape("D2", cache.D2, [cache.Z2.rows, X.columns]);

  const m = X.columns;
  const slope = (Z: Matrix) => apply(Z, (z) => (z > 0 ? 1 : 0));
  const gradients = (dZ: Matrix, A: Matrix) => ({
    dW: Matrix.div(dZ.mmul(A.transpose()), m),
    db: Matrix.columnVector(dZ.sum("row").map((s) => s / m)),
  });

  const dZ3 = Matrix.sub(cache.A3, Y);
  const three = gradients(dZ3, cache.A2);

  const dA2 = cache.W3.transpose().mmul(dZ3).mul(cache.D2).div(keep_prob);
  const dZ2 = slope(cache.Z2).mul(dA2);
  const two = gradients(dZ2, cache.A1);

  const dA1 = cache.W2.transpose().mmul(dZ2).mul(cache.D1).div(keep_prob);
  const dZ1 = slope(cache.Z1).mul(dA1);
  const one = gradients(dZ1, X);

  return { dZ3, dW3: three.dW, db3: three.db, dA2, dZ2, dW2: two.dW, db2: two.db, dA1, dZ1, dW1: one.dW, db1: one.db };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  expectParameters(X, parameters);
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  return apply(A3, (p) => (p > 0.5 ? 1 : 0));
}
