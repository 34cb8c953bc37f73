import { Matrix } from "ml-matrix";

/* ---------- helpers ---------- */
const lin = (W: Matrix, A: Matrix, b: Matrix): Matrix => W.mmul(A).addColumnVector(b);
const relu = (Z: Matrix): Matrix => Matrix.max(Z, Matrix.zeros(Z.rows, Z.columns));
const sigmoid = (Z: Matrix): Matrix => Matrix.div(Matrix.ones(Z.rows, Z.columns), Matrix.exp(Matrix.mul(Z, -1)).add(1));

/* ---------- forward ---------- */
export function forward_propagation_with_dropout(
  X: Matrix,
  { W1, b1, W2, b2, W3, b3 }: { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix },
  keep_prob: number,
  rng: () => number = Math.random,
) {
  // Choose the thinned network first, then run the batch through it.
  const mask = (units: number) => {
    const D = Matrix.rand(units, X.columns, { random: rng });
    return D.apply((i, j) => {
      D.set(i, j, D.get(i, j) < keep_prob ? 1 : 0);
    });
  };
  const D1 = mask(W1.rows);
  const D2 = mask(W2.rows);

  const Z1 = lin(W1, X, b1);
  const A1 = relu(Z1).mul(D1).div(keep_prob);
  const Z2 = lin(W2, A1, b2);
  const A2 = relu(Z2).mul(D2).div(keep_prob);
  const Z3 = lin(W3, A2, b3);
  const A3 = sigmoid(Z3);

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

/* ---------- backward ---------- */
type Cache = ReturnType<typeof forward_propagation_with_dropout>["cache"];

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const m = X.columns;
  const sumRows = (M: Matrix) => M.mmul(Matrix.ones(M.columns, 1));
  const indicator = (Z: Matrix) => relu(Matrix.sign(Z));

  const dZ3 = Matrix.sub(A3, Y);
  const dA2 = W3.transposeMultiply(dZ3).mul(D2).div(keep_prob);
  const dZ2 = Matrix.mul(dA2, indicator(Z2));
  const dA1 = W2.transposeMultiply(dZ2).mul(D1).div(keep_prob);
  const dZ1 = Matrix.mul(dA1, indicator(Z1));

  return {
    dZ3, dW3: dZ3.mmul(A2.transpose()).div(m), db3: sumRows(dZ3).div(m),
    dA2, dZ2, dW2: dZ2.mmul(A1.transpose()).div(m), db2: sumRows(dZ2).div(m),
    dA1, dZ1, dW1: dZ1.mmul(X.transpose()).div(m), db1: sumRows(dZ1).div(m),
  };
}

/* ---------- predict ---------- */
export function predict(X: Matrix, p: { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }) {
  const out = sigmoid(lin(p.W3, relu(lin(p.W2, relu(lin(p.W1, X, p.b1)), p.b2)), p.b3));
  return out.sub(0.5).sign().add(1).div(2).ceil();
}
