import { Matrix } from "ml-matrix";

enum Unit {
  Dropped = 0,
  Kept = 1,
}

const enum Label {
  Negative,
  Positive,
}

enum Activation {
  Relu = "relu",
  Sigmoid = "sigmoid",
}

namespace Nn {
  export type Rng = () => number;
  export interface Parameters { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }

  export function affine(W: Matrix, A: Matrix, b: Matrix): Matrix {
    return W.mmul(A).addColumnVector(b);
  }

  export function activate(Z: Matrix, kind: Activation): Matrix {
    const A = Z.clone();
    for (let i = 0; i < A.rows; i++) {
      for (let j = 0; j < A.columns; j++) {
        const z = Z.get(i, j);
        switch (kind) {
          case Activation.Relu:
            A.set(i, j, z > 0 ? z : 0);
            break;
          case Activation.Sigmoid:
            A.set(i, j, 1 / (1 + Math.exp(-z)));
            break;
        }
      }
    }
    return A;
  }

  export namespace Dropout {
    export function draw(rows: number, columns: number, keep_prob: number, rng: Rng): Matrix {
      const D = new Matrix(rows, columns);
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          D.set(i, j, rng() < keep_prob ? Unit.Kept : Unit.Dropped);
        }
      }
      return D;
    }

    export function apply(M: Matrix, D: Matrix, keep_prob: number): Matrix {
      const out = new Matrix(M.rows, M.columns);
      for (let i = 0; i < M.rows; i++) {
        for (let j = 0; j < M.columns; j++) {
          if (D.get(i, j) === Unit.Kept) out.set(i, j, M.get(i, j) / keep_prob);
        }
      }
      return out;
    }
  }
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Nn.Parameters, keep_prob: number, rng: Nn.Rng = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const Z1 = Nn.affine(W1, X, b1);
  const D1 = Nn.Dropout.draw(Z1.rows, Z1.columns, keep_prob, rng);
  const A1 = Nn.Dropout.apply(Nn.activate(Z1, Activation.Relu), D1, keep_prob);
  const Z2 = Nn.affine(W2, A1, b2);
  const D2 = Nn.Dropout.draw(Z2.rows, Z2.columns, keep_prob, rng);
  const A2 = Nn.Dropout.apply(Nn.activate(Z2, Activation.Relu), D2, keep_prob);
  const Z3 = Nn.affine(W3, A2, b3);
  const A3 = Nn.activate(Z3, Activation.Sigmoid);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
  const m = X.columns;
  const reluBackward = (dA: Matrix, Z: Matrix) => {
    const dZ = dA.clone();
    for (let i = 0; i < Z.rows; i++) for (let j = 0; j < Z.columns; j++) if (Z.get(i, j) <= 0) dZ.set(i, j, 0);
    return dZ;
  };
  const dZ3 = Matrix.sub(cache.A3, Y);
  const dA2 = Nn.Dropout.apply(cache.W3.transpose().mmul(dZ3), cache.D2, keep_prob);
  const dZ2 = reluBackward(dA2, cache.Z2);
  const dA1 = Nn.Dropout.apply(cache.W2.transpose().mmul(dZ2), cache.D1, keep_prob);
  const dZ1 = reluBackward(dA1, cache.Z1);
  const dW = (dZ: Matrix, A: Matrix) => dZ.mmul(A.transpose()).div(m);
  const db = (dZ: Matrix) => Matrix.columnVector(dZ.sum("row")).div(m);
  return { dZ3, dW3: dW(dZ3, cache.A2), db3: db(dZ3), dA2, dZ2, dW2: dW(dZ2, cache.A1), db2: db(dZ2), dA1, dZ1, dW1: dW(dZ1, X), db1: db(dZ1) };
}

export function predict(X: Matrix, parameters: Nn.Parameters): Matrix {
  const A1 = Nn.activate(Nn.affine(parameters.W1, X, parameters.b1), Activation.Relu);
  const A2 = Nn.activate(Nn.affine(parameters.W2, A1, parameters.b2), Activation.Relu);
  const A3 = Nn.activate(Nn.affine(parameters.W3, A2, parameters.b3), Activation.Sigmoid);
  const labels = new Matrix(1, A3.columns);
  for (let j = 0; j < A3.columns; j++) {
    labels.set(0, j, A3.get(0, j) > 0.5 ? Label.Positive : Label.Negative);
  }
  return labels;
}
