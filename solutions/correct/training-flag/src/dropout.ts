import { Matrix } from "ml-matrix";

type Rng = () => number;
interface Parameters { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }
interface Options { training: boolean; keep_prob?: number; rng?: Rng }

/** One forward pass for both modes, as model.train() and model.eval() do it. */
function run(X: Matrix, { W1, b1, W2, b2, W3, b3 }: Parameters, { training, keep_prob = 1, rng = Math.random }: Options) {
  const dropout = (A: Matrix): Matrix => {
    const D = Matrix.ones(A.rows, A.columns);
    if (training) {
      for (let i = 0; i < D.rows; i++) {
        for (let j = 0; j < D.columns; j++) {
          if (rng() >= keep_prob) D.set(i, j, 0);
        }
      }
      A.mul(D).div(keep_prob);
    }
    return D;
  };

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const A1 = relu(Z1);
  const D1 = dropout(A1);
  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const A2 = relu(Z2);
  const D2 = dropout(A2);
  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);
  return { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 };
}

function relu(Z: Matrix) {
  return Matrix.max(Z, new Matrix(Z.rows, Z.columns));
}

function sigmoid(Z: Matrix) {
  const A = Z.clone();
  for (let i = 0; i < A.rows; i++) for (let j = 0; j < A.columns; j++) A.set(i, j, 1 / (1 + Math.exp(-A.get(i, j))));
  return A;
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: Rng = Math.random) {
  const cache = run(X, parameters, { training: true, keep_prob, rng });
  return { A3: cache.A3, cache };
}

export function predict(X: Matrix, parameters: Parameters) {
  const { A3 } = run(X, parameters, { training: false });
  const labels = new Matrix(1, A3.columns);
  A3.getRow(0).forEach((probability, j) => labels.set(0, j, probability > 0.5 ? 1 : 0));
  return labels;
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: ReturnType<typeof run>, keep_prob: number) {
  const m = X.columns;
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const keepActive = (dA: Matrix, Z: Matrix) => {
    const dZ = Matrix.zeros(dA.rows, dA.columns);
    for (let i = 0; i < dA.rows; i++) for (let j = 0; j < dA.columns; j++) if (Z.get(i, j) > 0) dZ.set(i, j, dA.get(i, j));
    return dZ;
  };

  const dZ3 = Matrix.sub(A3, Y);
  const dW3 = dZ3.mmul(A2.transpose()).div(m);
  const db3 = Matrix.columnVector(dZ3.sum("row")).div(m);
  const dA2 = W3.transpose().mmul(dZ3);
  dA2.mul(D2).div(keep_prob);
  const dZ2 = keepActive(dA2, Z2);
  const dW2 = dZ2.mmul(A1.transpose()).div(m);
  const db2 = Matrix.columnVector(dZ2.sum("row")).div(m);
  const dA1 = W2.transpose().mmul(dZ2);
  dA1.mul(D1).div(keep_prob);
  const dZ1 = keepActive(dA1, Z1);
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  const db1 = Matrix.columnVector(dZ1.sum("row")).div(m);
  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}
