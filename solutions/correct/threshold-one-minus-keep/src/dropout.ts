import { Matrix } from "ml-matrix";

/**
 * My notes from the lecture:
 *   drop_prob = 1 - keep_prob
 *   a unit is dropped when u <= drop_prob, so it is kept when u > drop_prob
 *   P(u > 1 - p) = p, so that is the same thing as u < p
 */

const relu = (x: Matrix) => x.clone().mul(gt0(x));

function gt0(x: Matrix): Matrix {
  const g = new Matrix(x.rows, x.columns);
  for (const [i, j, v] of x.entries()) g.set(i, j, v > 0 ? 1 : 0);
  return g;
}

function sigmoid(x: Matrix): Matrix {
  return Matrix.pow(Matrix.add(Matrix.exp(Matrix.mul(x, -1)), 1), -1);
}

export const forward_propagation_with_dropout = (
  X: Matrix,
  parameters: { [name in "W1" | "b1" | "W2" | "b2" | "W3" | "b3"]: Matrix },
  keep_prob: number,
  rng: () => number = Math.random,
) => {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const keepers = (n: number, m: number) => {
    const D = Matrix.zeros(n, m);
    for (let r = 0; r < n; r++) {
      for (let c = 0; c < m; c++) {
        const u = rng();
        D.set(r, c, u > 1 - keep_prob ? 1 : 0);
      }
    }
    return D;
  };

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = keepers(Z1.rows, Z1.columns);
  const A1 = relu(Z1).mul(D1).mul(1 / keep_prob);

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = keepers(Z2.rows, Z2.columns);
  const A2 = relu(Z2).mul(D2).mul(1 / keep_prob);

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
};

export const backward_propagation_with_dropout = (X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) => {
  const oneOverM = 1 / X.columns;
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;

  const dZ3 = Matrix.sub(A3, Y);
  const dW3 = dZ3.mmul(A2.transpose()).mul(oneOverM);
  const db3 = Matrix.columnVector(dZ3.sum("row")).mul(oneOverM);

  const dA2 = W3.transpose().mmul(dZ3).mul(D2).mul(1 / keep_prob);
  const dZ2 = gt0(Z2).mul(dA2);
  const dW2 = dZ2.mmul(A1.transpose()).mul(oneOverM);
  const db2 = Matrix.columnVector(dZ2.sum("row")).mul(oneOverM);

  const dA1 = W2.transpose().mmul(dZ2).mul(D1).mul(1 / keep_prob);
  const dZ1 = gt0(Z1).mul(dA1);
  const dW1 = dZ1.mmul(X.transpose()).mul(oneOverM);
  const db1 = Matrix.columnVector(dZ1.sum("row")).mul(oneOverM);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
};

export const predict = (X: Matrix, parameters: Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Matrix>) => {
  const A1 = relu(parameters.W1.mmul(X).addColumnVector(parameters.b1));
  const A2 = relu(parameters.W2.mmul(A1).addColumnVector(parameters.b2));
  const Z3 = parameters.W3.mmul(A2).addColumnVector(parameters.b3);
  return gt0(Z3); // sigmoid(z) > 0.5 exactly when z > 0
};
