import { Matrix } from "ml-matrix";

type Weights = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix };

const over = (M: Matrix, f: (x: number) => number) => new Matrix(M.to2DArray().map((r) => r.map(f)));

/** A lazily computed hidden layer: what is asked for first is computed first, and only once. */
class Hidden {
  private z?: Matrix;
  private d?: Matrix;
  private a?: Matrix;
  private readonly source: { W: Matrix; b: Matrix; input: () => Matrix };
  private readonly keep_prob: number;
  private readonly rng: () => number;

  constructor(source: { W: Matrix; b: Matrix; input: () => Matrix }, keep_prob: number, rng: () => number) {
    this.source = source;
    this.keep_prob = keep_prob;
    this.rng = rng;
  }

  get Z(): Matrix {
    const { W, b, input } = this.source;
    return (this.z ??= W.mmul(input()).addColumnVector(b));
  }

  get D(): Matrix {
    return (this.d ??= over(this.Z, () => (this.rng() < this.keep_prob ? 1 : 0)));
  }

  get A(): Matrix {
    return (this.a ??= over(this.Z, (z) => Math.max(0, z)).mul(this.D).div(this.keep_prob));
  }
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Weights, keep_prob: number, rng: () => number = Math.random) {
  const one = new Hidden({ W: parameters.W1, b: parameters.b1, input: () => X }, keep_prob, rng);
  const two = new Hidden({ W: parameters.W2, b: parameters.b2, input: () => one.A }, keep_prob, rng);
  const Z3 = parameters.W3.mmul(two.A).addColumnVector(parameters.b3);
  const A3 = over(Z3, (z) => 1 / (1 + Math.exp(-z)));
  return {
    A3,
    cache: {
      ...parameters,
      Z1: one.Z, D1: one.D, A1: one.A,
      Z2: two.Z, D2: two.D, A2: two.A,
      Z3, A3,
    },
  };
}

type Cache = ReturnType<typeof forward_propagation_with_dropout>["cache"];

class Backward {
  readonly X: Matrix;
  readonly Y: Matrix;
  readonly c: Cache;
  readonly keep_prob: number;

  constructor(X: Matrix, Y: Matrix, c: Cache, keep_prob: number) {
    this.X = X;
    this.Y = Y;
    this.c = c;
    this.keep_prob = keep_prob;
  }

  get dZ3() { return Matrix.sub(this.c.A3, this.Y); }
  get dA2() { return this.c.W3.transpose().mmul(this.dZ3).mul(this.c.D2).div(this.keep_prob); }
  get dZ2() { return over(this.c.Z2, (z) => (z > 0 ? 1 : 0)).mul(this.dA2); }
  get dA1() { return this.c.W2.transpose().mmul(this.dZ2).mul(this.c.D1).div(this.keep_prob); }
  get dZ1() { return over(this.c.Z1, (z) => (z > 0 ? 1 : 0)).mul(this.dA1); }

  get dW3() { return this.mean(this.dZ3.mmul(this.c.A2.transpose())); }
  get dW2() { return this.mean(this.dZ2.mmul(this.c.A1.transpose())); }
  get dW1() { return this.mean(this.dZ1.mmul(this.X.transpose())); }
  get db3() { return this.mean(Matrix.columnVector(this.dZ3.sum("row"))); }
  get db2() { return this.mean(Matrix.columnVector(this.dZ2.sum("row"))); }
  get db1() { return this.mean(Matrix.columnVector(this.dZ1.sum("row"))); }

  private mean(M: Matrix) { return M.div(this.X.columns); }
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 } = new Backward(X, Y, cache, keep_prob);
  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Weights) {
  const h1 = over(parameters.W1.mmul(X).addColumnVector(parameters.b1), (z) => Math.max(0, z));
  const h2 = over(parameters.W2.mmul(h1).addColumnVector(parameters.b2), (z) => Math.max(0, z));
  const out = parameters.W3.mmul(h2).addColumnVector(parameters.b3);
  return over(out, (z) => (1 / (1 + Math.exp(-z)) > 0.5 ? 1 : 0));
}
