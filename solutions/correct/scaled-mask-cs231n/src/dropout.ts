import { Matrix } from "ml-matrix";

/**
 * Inverted dropout as in the cs231n notes:
 *
 *   U1 = (np.random.rand(*H1.shape) < p) / p   # first dropout mask. Notice /p!
 *   H1 *= U1                                   # drop!
 *
 * The mask carries the factor, so one multiplication does both, forward and backward.
 */
function invertedMask(H: Matrix, p: number, rng: () => number): Matrix {
  const U = new Matrix(H.rows, H.columns);
  for (let i = 0; i < H.rows; i++) {
    for (let j = 0; j < H.columns; j++) {
      U.set(i, j, (rng() < p ? 1 : 0) / p);
    }
  }
  return U;
}

function relu(Z: Matrix): Matrix {
  return new Matrix(Z.to2DArray().map((r) => r.map((z) => Math.max(0, z))));
}

function sigmoid(Z: Matrix): Matrix {
  return new Matrix(Z.to2DArray().map((r) => r.map((z) => 1 / (1 + Math.exp(-z)))));
}

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Matrix>,
  keep_prob: number,
  rng: () => number = Math.random,
) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const A1 = relu(Z1);
  const D1 = invertedMask(A1, keep_prob, rng);
  A1.mul(D1); // drop!

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const A2 = relu(Z2);
  const D2 = invertedMask(A2, keep_prob, rng);
  A2.mul(D2); // drop!

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, _keep_prob: number) {
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const m = X.columns;
  const reluGrad = (dA: Matrix, Z: Matrix) => {
    const dZ = dA.clone();
    for (let i = 0; i < Z.rows; i++) for (let j = 0; j < Z.columns; j++) if (Z.get(i, j) <= 0) dZ.set(i, j, 0);
    return dZ;
  };

  const dZ3 = Matrix.sub(A3, Y);
  const dW3 = dZ3.mmul(A2.transpose()).div(m);
  const db3 = Matrix.columnVector(dZ3.sum("row")).div(m);

  const dA2 = W3.transpose().mmul(dZ3).mul(D2); // 1/keep_prob is inside D2
  const dZ2 = reluGrad(dA2, Z2);
  const dW2 = dZ2.mmul(A1.transpose()).div(m);
  const db2 = Matrix.columnVector(dZ2.sum("row")).div(m);

  const dA1 = W2.transpose().mmul(dZ2).mul(D1);
  const dZ1 = reluGrad(dA1, Z1);
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  const db1 = Matrix.columnVector(dZ1.sum("row")).div(m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Matrix>) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  // no masks, no factors: that is the point of the inverted form
  const H1 = relu(W1.mmul(X).addColumnVector(b1));
  const H2 = relu(W2.mmul(H1).addColumnVector(b2));
  const p = sigmoid(W3.mmul(H2).addColumnVector(b3));
  return new Matrix([p.getRow(0).map((v) => Number(v > 0.5))]);
}
