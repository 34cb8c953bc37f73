import { Matrix } from "ml-matrix";

/*
 * Each operation returns its value and a pullback, like in Zygote or JAX's vjp.
 * The pullbacks are built from values alone, so backward can rebuild them from the cache.
 */
type Pullback<G> = (dOut: Matrix) => G;
type Op<G> = { value: Matrix; back: Pullback<G> };

const ew = (M: Matrix, f: (x: number) => number): Matrix => {
  const out = new Matrix(M.rows, M.columns);
  for (let i = 0; i < M.rows; i++) for (let j = 0; j < M.columns; j++) out.set(i, j, f(M.get(i, j)));
  return out;
};

function linear(W: Matrix, A: Matrix, b: Matrix): Op<{ dW: Matrix; db: Matrix; dA: Matrix }> {
  return {
    value: W.mmul(A).addColumnVector(b),
    back: (dZ) => ({
      dW: dZ.mmul(A.transpose()).div(A.columns),
      db: Matrix.columnVector(dZ.sum("row")).div(A.columns),
      dA: W.transpose().mmul(dZ),
    }),
  };
}

function relu(Z: Matrix): Op<Matrix> {
  return {
    value: ew(Z, (z) => (z > 0 ? z : 0)),
    back: (dA) => Matrix.mul(dA, ew(Z, (z) => (z > 0 ? 1 : 0))),
  };
}

function dropout(A: Matrix, D: Matrix, keep: number): Op<Matrix> {
  const through = (M: Matrix) => Matrix.mul(M, D).div(keep);
  return { value: through(A), back: through };
}

function sigmoidWithLoss(Z: Matrix): { value: Matrix; back: (Y: Matrix) => Matrix } {
  const value = ew(Z, (z) => 1 / (1 + Math.exp(-z)));
  return { value, back: (Y) => Matrix.sub(value, Y) };
}

type Net = Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Matrix>;
type Cache = Net & Record<"Z1" | "D1" | "A1" | "Z2" | "D2" | "A2" | "Z3" | "A3", Matrix>;

export function forward_propagation_with_dropout(X: Matrix, p: Net, keep_prob: number, rng: () => number = Math.random): { A3: Matrix; cache: Cache } {
  const sample = (like: Matrix) => ew(like, () => (rng() < keep_prob ? 1 : 0));

  const Z1 = linear(p.W1, X, p.b1).value;
  const D1 = sample(Z1);
  const A1 = dropout(relu(Z1).value, D1, keep_prob).value;
  const Z2 = linear(p.W2, A1, p.b2).value;
  const D2 = sample(Z2);
  const A2 = dropout(relu(Z2).value, D2, keep_prob).value;
  const Z3 = linear(p.W3, A2, p.b3).value;
  const A3 = sigmoidWithLoss(Z3).value;
  return { A3, cache: { Z1, D1, A1, W1: p.W1, b1: p.b1, Z2, D2, A2, W2: p.W2, b2: p.b2, Z3, A3, W3: p.W3, b3: p.b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, c: Cache, keep_prob: number) {
  const dZ3 = sigmoidWithLoss(c.Z3).back(Y);
  const l3 = linear(c.W3, c.A2, c.b3).back(dZ3);

  const dA2 = dropout(c.A2, c.D2, keep_prob).back(l3.dA);
  const dZ2 = relu(c.Z2).back(dA2);
  const l2 = linear(c.W2, c.A1, c.b2).back(dZ2);

  const dA1 = dropout(c.A1, c.D1, keep_prob).back(l2.dA);
  const dZ1 = relu(c.Z1).back(dA1);
  const l1 = linear(c.W1, X, c.b1).back(dZ1);

  return { dZ3, dW3: l3.dW, db3: l3.db, dA2, dZ2, dW2: l2.dW, db2: l2.db, dA1, dZ1, dW1: l1.dW, db1: l1.db };
}

export function predict(X: Matrix, p: Net): Matrix {
  const A1 = relu(linear(p.W1, X, p.b1).value).value;
  const A2 = relu(linear(p.W2, A1, p.b2).value).value;
  return ew(sigmoidWithLoss(linear(p.W3, A2, p.b3).value).value, (a) => (a > 0.5 ? 1 : 0));
}
