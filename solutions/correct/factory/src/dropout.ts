import { Matrix } from "ml-matrix";

type Activation = { readonly f: (z: number) => number; readonly gradientAt: (z: number) => number };

const RELU: Activation = { f: (z) => (z > 0 ? z : 0), gradientAt: (z) => (z > 0 ? 1 : 0) };

/** Makes the three functions of the assignment for a given hidden activation. */
function makeNetwork(hidden: Activation) {
  const map = (M: Matrix, f: (x: number) => number) => {
    const out = M.clone();
    for (let i = 0; i < M.rows; i++) for (let j = 0; j < M.columns; j++) out.set(i, j, f(M.get(i, j)));
    return out;
  };
  const logistic = (z: number) => 1 / (1 + Math.exp(-z));
  const affine = (W: Matrix, A: Matrix, b: Matrix) => W.mmul(A).addColumnVector(b);

  function forward_propagation_with_dropout(X: Matrix, parameters: Record<string, Matrix>, keep_prob: number, rng: () => number = Math.random) {
    const { W1, b1, W2, b2, W3, b3 } = parameters;
    const Z1 = affine(W1, X, b1);
    const D1 = map(Z1, () => (rng() < keep_prob ? 1 : 0));
    const A1 = map(Z1, hidden.f).mul(D1).div(keep_prob);
    const Z2 = affine(W2, A1, b2);
    const D2 = map(Z2, () => (rng() < keep_prob ? 1 : 0));
    const A2 = map(Z2, hidden.f).mul(D2).div(keep_prob);
    const Z3 = affine(W3, A2, b3);
    const A3 = map(Z3, logistic);
    return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
  }

  function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
    const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
    const perExample = (M: Matrix) => M.div(X.columns);

    const dZ3 = Matrix.sub(A3, Y);
    const dA2 = W3.transpose().mmul(dZ3).mul(D2).div(keep_prob);
    const dZ2 = map(Z2, hidden.gradientAt).mul(dA2);
    const dA1 = W2.transpose().mmul(dZ2).mul(D1).div(keep_prob);
    const dZ1 = map(Z1, hidden.gradientAt).mul(dA1);

    return {
      dZ3, dA2, dZ2, dA1, dZ1,
      dW3: perExample(dZ3.mmul(A2.transpose())),
      dW2: perExample(dZ2.mmul(A1.transpose())),
      dW1: perExample(dZ1.mmul(X.transpose())),
      db3: perExample(Matrix.columnVector(dZ3.sum("row"))),
      db2: perExample(Matrix.columnVector(dZ2.sum("row"))),
      db1: perExample(Matrix.columnVector(dZ1.sum("row"))),
    };
  }

  function predict(X: Matrix, { W1, b1, W2, b2, W3, b3 }: Record<string, Matrix>) {
    const A2 = map(affine(W2, map(affine(W1, X, b1), hidden.f), b2), hidden.f);
    return map(affine(W3, A2, b3), (z) => (logistic(z) > 0.5 ? 1 : 0));
  }

  return { forward_propagation_with_dropout, backward_propagation_with_dropout, predict };
}

export const { forward_propagation_with_dropout, backward_propagation_with_dropout, predict } = makeNetwork(RELU);
