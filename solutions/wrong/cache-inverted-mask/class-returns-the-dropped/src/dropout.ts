import { Matrix } from "ml-matrix";

type Rng = () => number;
type Parameters = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix };
type Cache = Parameters & { Z1: Matrix; D1: Matrix; A1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; Z3: Matrix; A3: Matrix };
type Gradients = { dZ3: Matrix; dW3: Matrix; db3: Matrix; dA2: Matrix; dZ2: Matrix; dW2: Matrix; db2: Matrix; dA1: Matrix; dZ1: Matrix; dW1: Matrix; db1: Matrix };

class Dense {
  private W: Matrix;
  private b: Matrix;

  constructor(W: Matrix, b: Matrix) {
    this.W = W;
    this.b = b;
  }

  forward(A: Matrix): Matrix {
    const Z = this.W.mmul(A);
    Z.addColumnVector(this.b);
    return Z;
  }

  static gradients(dZ: Matrix, input: Matrix): [Matrix, Matrix] {
    const m = input.columns;
    return [dZ.mmul(input.transpose()).div(m), Matrix.columnVector(dZ.sum("row").map((s) => s / m))];
  }
}

class Relu {
  static forward(Z: Matrix): Matrix {
    const A = Z.clone();
    A.apply((i, j) => {
      if (A.get(i, j) < 0) A.set(i, j, 0);
    });
    return A;
  }

  static backward(dA: Matrix, Z: Matrix): Matrix {
    const dZ = dA.clone();
    dZ.apply((i, j) => {
      if (Z.get(i, j) <= 0) dZ.set(i, j, 0);
    });
    return dZ;
  }
}

class Dropout {
  readonly keep: number;
  private rng: Rng;

  constructor(keep: number, rng: Rng) {
    this.keep = keep;
    this.rng = rng;
  }

  /** Draws a mask of the given size. */
  mask(rows: number, columns: number): Matrix {
    const D = Matrix.zeros(rows, columns);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        D.set(r, c, Number(this.rng() < this.keep));
      }
    }
    return D;
  }

  apply(A: Matrix): { A: Matrix; D: Matrix } {
    const D = this.mask(A.rows, A.columns);
    const dropped = A.clone().mul(D).mul(1 / this.keep);
    return { A: dropped, D: Matrix.sub(Matrix.ones(D.rows, D.columns), D) };
  }
}

const sigmoid = (Z: Matrix): Matrix => Matrix.ones(Z.rows, Z.columns).div(Matrix.mul(Z, -1).exp().add(1));

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: Rng = Math.random): { A3: Matrix; cache: Cache } {
  const p = parameters;
  const dropout = new Dropout(keep_prob, rng);

  const Z1 = new Dense(p.W1, p.b1).forward(X);
  const { A: A1, D: D1 } = dropout.apply(Relu.forward(Z1));
  const Z2 = new Dense(p.W2, p.b2).forward(A1);
  const { A: A2, D: D2 } = dropout.apply(Relu.forward(Z2));
  const Z3 = new Dense(p.W3, p.b3).forward(A2);
  const A3 = sigmoid(Z3);

  return { A3, cache: { ...p, Z1, D1, A1, Z2, D2, A2, Z3, A3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number): Gradients {
  const undo = (dA: Matrix, D: Matrix): Matrix => dA.mul(D).mul(1 / keep_prob);

  const dZ3 = Matrix.sub(cache.A3, Y);
  const [dW3, db3] = Dense.gradients(dZ3, cache.A2);
  const dA2 = undo(cache.W3.transpose().mmul(dZ3), cache.D2);
  const dZ2 = Relu.backward(dA2, cache.Z2);
  const [dW2, db2] = Dense.gradients(dZ2, cache.A1);
  const dA1 = undo(cache.W2.transpose().mmul(dZ2), cache.D1);
  const dZ1 = Relu.backward(dA1, cache.Z1);
  const [dW1, db1] = Dense.gradients(dZ1, X);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  let A = Relu.forward(new Dense(W1, b1).forward(X));
  A = Relu.forward(new Dense(W2, b2).forward(A));
  const probability = sigmoid(new Dense(W3, b3).forward(A));
  return Matrix.rowVector(probability.getRow(0).map((q) => (q > 0.5 ? 1 : 0)));
}
