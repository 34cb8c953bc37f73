import { Matrix } from "ml-matrix";

/**
 * The bias trick: [W b] · [A; 1]. One matrix product does the whole linear part, and in
 * backward one product gives dW and db together.
 */
type Rng = () => number;
type Tensors = Record<string, Matrix>;

const withOnes = (A: Matrix): Matrix => {
  const top = A.clone();
  top.addRow(new Array<number>(A.columns).fill(1));
  return top;
};
const joined = (W: Matrix, b: Matrix): Matrix => {
  const Wb = W.clone();
  Wb.addColumn(b.getColumn(0));
  return Wb;
};
const split = (G: Matrix): [Matrix, Matrix] => [
  G.subMatrix(0, G.rows - 1, 0, G.columns - 2),
  G.subMatrix(0, G.rows - 1, G.columns - 1, G.columns - 1),
];

function relu(Z: Matrix): Matrix {
  const A = Z.clone();
  A.apply((i, j) => {
    if (Z.get(i, j) < 0) A.set(i, j, 0);
  });
  return A;
}

function sigmoid(Z: Matrix): Matrix {
  const A = Z.clone();
  A.apply((i, j) => {
    A.set(i, j, 1 / (1 + Math.exp(-Z.get(i, j))));
  });
  return A;
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Tensors, keep_prob: number, rng: Rng = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const sample = (M: Matrix) => {
    const D = Matrix.zeros(M.rows, M.columns);
    for (let j = 0; j < D.columns; j++) for (let i = 0; i < D.rows; i++) if (rng() < keep_prob) D.set(i, j, 1);
    return D;
  };

  const Z1 = joined(W1, b1).mmul(withOnes(X));
  const D1 = sample(Z1);
  const A1 = Matrix.mul(relu(Z1), D1).div(keep_prob);

  const Z2 = joined(W2, b2).mmul(withOnes(A1));
  const D2 = sample(Z2);
  const A2 = Matrix.mul(relu(Z2), D2).div(keep_prob);

  const Z3 = joined(W3, b3).mmul(withOnes(A2));
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Tensors, keep_prob: number) {
  const m = X.columns;
  const linear = (dZ: Matrix, A: Matrix) => split(dZ.mmul(withOnes(A).transpose()).div(m));
  const reluGradient = (dA: Matrix, Z: Matrix) => {
    const dZ = dA.clone();
    dZ.apply((i, j) => {
      if (Z.get(i, j) < 0) dZ.set(i, j, 0);
    });
    return dZ;
  };

  const dZ3 = Matrix.sub(cache.A3, Y);
  const [dW3, db3] = linear(dZ3, cache.A2);

  const dA2 = cache.W3.transpose().mmul(dZ3).div(keep_prob).mul(cache.D2);
  const dZ2 = reluGradient(dA2, cache.Z2);
  const [dW2, db2] = linear(dZ2, cache.A1);

  const dA1 = cache.W2.transpose().mmul(dZ2).div(keep_prob).mul(cache.D1);
  const dZ1 = reluGradient(dA1, cache.Z1);
  const [dW1, db1] = linear(dZ1, X);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Tensors) {
  const layer = (l: number, A: Matrix) => joined(parameters[`W${l}`], parameters[`b${l}`]).mmul(withOnes(A));
  const P = sigmoid(layer(3, relu(layer(2, relu(layer(1, X))))));
  return Matrix.rowVector(P.to1DArray().map((p) => (p > 0.5 ? 1 : 0)));
}
