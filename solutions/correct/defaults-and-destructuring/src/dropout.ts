import { Matrix } from "ml-matrix";

const relu = ({ Z, A = Z.clone() }: { Z: Matrix; A?: Matrix }) => {
  A.apply((i, j) => { A.set(i, j, Math.max(Z.get(i, j), 0)); });
  return A;
};

const sigmoid = ({ Z, A = Z.clone() }: { Z: Matrix; A?: Matrix }) => {
  A.apply((i, j) => { A.set(i, j, 1 / (1 + Math.exp(-Z.get(i, j)))); });
  return A;
};

const dropout = (
  { A, keep_prob = 1, rng = Math.random }: { A: Matrix; keep_prob?: number; rng?: () => number },
  D = new Matrix(A.rows, A.columns),
) => {
  D.apply((i, j) => { D.set(i, j, rng() < keep_prob ? 1 : 0); });
  return [Matrix.mul(A, D).div(keep_prob), D] as const;
};

export function forward_propagation_with_dropout(
  X: Matrix,
  { W1, b1, W2, b2, W3, b3 }: { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix },
  keep_prob: number,
  rng: () => number = Math.random,
  Z1 = W1.mmul(X).addColumnVector(b1),
  [A1, D1] = dropout({ A: relu({ Z: Z1 }), keep_prob, rng }),
  Z2 = W2.mmul(A1).addColumnVector(b2),
  [A2, D2] = dropout({ A: relu({ Z: Z2 }), keep_prob, rng }),
  Z3 = W3.mmul(A2).addColumnVector(b3),
  A3 = sigmoid({ Z: Z3 }),
) {
  // everything is computed by the default values above
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

type Cache = ReturnType<typeof forward_propagation_with_dropout>["cache"];

export function backward_propagation_with_dropout(
  X: Matrix,
  Y: Matrix,
  { Z1, D1, A1, Z2, D2, A2, W2, W3, A3 }: Cache,
  keep_prob: number,
  { columns: m } = X,
) {
  const gate = ({ dA, Z, dZ = dA.clone() }: { dA: Matrix; Z: Matrix; dZ?: Matrix }) => {
    dZ.apply((i, j) => { if (Z.get(i, j) <= 0) dZ.set(i, j, 0); });
    return dZ;
  };
  const slopes = ({ dZ, A }: { dZ: Matrix; A: Matrix }) => [dZ.mmul(A.transpose()).div(m), Matrix.columnVector(dZ.sum("row")).div(m)] as const;

  const dZ3 = Matrix.sub(A3, Y);
  const [dW3, db3] = slopes({ dZ: dZ3, A: A2 });
  const dA2 = W3.transpose().mmul(dZ3).mul(D2).div(keep_prob);
  const dZ2 = gate({ dA: dA2, Z: Z2 });
  const [dW2, db2] = slopes({ dZ: dZ2, A: A1 });
  const dA1 = W2.transpose().mmul(dZ2).mul(D1).div(keep_prob);
  const dZ1 = gate({ dA: dA1, Z: Z1 });
  const [dW1, db1] = slopes({ dZ: dZ1, A: X });
  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Parameters<typeof forward_propagation_with_dropout>[1], threshold = 0.5) {
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  const [probabilities] = A3.to2DArray();
  return new Matrix([probabilities.map((p) => (p > threshold ? 1 : 0))]);
}
