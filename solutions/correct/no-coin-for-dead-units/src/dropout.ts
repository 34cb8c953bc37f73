import { Matrix } from "ml-matrix";

// A unit that ReLU has already silenced needs no coin: 0 stays 0 either way.
// It counts as "kept" in the mask.

type Params = Record<string, Matrix>;

export function forward_propagation_with_dropout(X: Matrix, parameters: Params, keep_prob: number, rng: () => number = Math.random) {
  function hiddenLayer(W: Matrix, b: Matrix, input: Matrix) {
    const Z = W.mmul(input).addColumnVector(b);
    const A = Matrix.zeros(Z.rows, Z.columns);
    const D = Matrix.ones(Z.rows, Z.columns);
    for (let i = 0; i < Z.rows; i++) {
      for (let j = 0; j < Z.columns; j++) {
        const z = Z.get(i, j);
        if (z <= 0) continue;
        if (rng() < keep_prob) {
          A.set(i, j, z / keep_prob);
        } else {
          D.set(i, j, 0);
        }
      }
    }
    return { Z, A, D };
  }

  const first = hiddenLayer(parameters.W1, parameters.b1, X);
  const second = hiddenLayer(parameters.W2, parameters.b2, first.A);
  const Z3 = parameters.W3.mmul(second.A).addColumnVector(parameters.b3);
  const A3 = logistic(Z3);

  const cache = {
    Z1: first.Z, D1: first.D, A1: first.A, W1: parameters.W1, b1: parameters.b1,
    Z2: second.Z, D2: second.D, A2: second.A, W2: parameters.W2, b2: parameters.b2,
    Z3, A3, W3: parameters.W3, b3: parameters.b3,
  };
  return { A3, cache };
}

function logistic(Z: Matrix) {
  return new Matrix(Z.to2DArray().map((row) => row.map((z) => 1 / (1 + Math.exp(-z)))));
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Params, keep_prob: number) {
  const m = X.columns;

  function hiddenGradient(W_next: Matrix, dZ_next: Matrix, D: Matrix, Z: Matrix) {
    const dA = W_next.transpose().mmul(dZ_next).mul(D).div(keep_prob);
    const dZ = dA.clone();
    for (let i = 0; i < dZ.rows; i++) {
      for (let j = 0; j < dZ.columns; j++) {
        if (Z.get(i, j) <= 0) dZ.set(i, j, 0);
      }
    }
    return { dA, dZ };
  }

  const dZ3 = Matrix.sub(cache.A3, Y);
  const { dA: dA2, dZ: dZ2 } = hiddenGradient(cache.W3, dZ3, cache.D2, cache.Z2);
  const { dA: dA1, dZ: dZ1 } = hiddenGradient(cache.W2, dZ2, cache.D1, cache.Z1);

  return {
    dZ3, dW3: dZ3.mmul(cache.A2.transpose()).div(m), db3: Matrix.columnVector(dZ3.mean("row")),
    dA2, dZ2, dW2: dZ2.mmul(cache.A1.transpose()).div(m), db2: Matrix.columnVector(dZ2.mean("row")),
    dA1, dZ1, dW1: dZ1.mmul(X.transpose()).div(m), db1: Matrix.columnVector(dZ1.mean("row")),
  };
}

export function predict(X: Matrix, parameters: Params) {
  const relu = (Z: Matrix) => new Matrix(Z.to2DArray().map((row) => row.map((z) => (z > 0 ? z : 0))));
  const A1 = relu(parameters.W1.mmul(X).addColumnVector(parameters.b1));
  const A2 = relu(parameters.W2.mmul(A1).addColumnVector(parameters.b2));
  return logistic(parameters.W3.mmul(A2).addColumnVector(parameters.b3)).round();
}
