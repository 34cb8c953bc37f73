import { Matrix } from "ml-matrix";

type Rng = () => number;
interface Parameters { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }

/** An endless stream of 0s and 1s. */
function* coins(keep: number, rng: Rng): Generator<0 | 1, never> {
  while (true) yield rng() < keep ? 1 : 0;
}

function take(stream: Iterator<number>, rows: number, columns: number): Matrix {
  const D = new Matrix(rows, columns);
  for (const [i, j] of D.entries()) D.set(i, j, stream.next().value);
  return D;
}

/** (row, column) of every live unit */
function* live(Z: Matrix) {
  for (const [i, j, z] of Z.entries()) if (z > 0) yield [i, j, z] as const;
}

const relu = (Z: Matrix) => {
  const A = Matrix.zeros(Z.rows, Z.columns);
  for (const [i, j, z] of live(Z)) A.set(i, j, z);
  return A;
};
const gated = (dA: Matrix, Z: Matrix) => {
  const dZ = Matrix.zeros(Z.rows, Z.columns);
  for (const [i, j] of live(Z)) dZ.set(i, j, dA.get(i, j));
  return dZ;
};
const sigmoid = (Z: Matrix) => {
  const A = Matrix.zeros(Z.rows, Z.columns);
  for (const [i, j, z] of Z.entries()) A.set(i, j, 1 / (1 + Math.exp(-z)));
  return A;
};

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: Rng = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const stream = coins(keep_prob, rng);

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = take(stream, Z1.rows, Z1.columns);
  const A1 = relu(Z1).mul(D1).div(keep_prob);

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = take(stream, Z2.rows, Z2.columns);
  const A2 = relu(Z2).mul(D2).div(keep_prob);

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

function* chain(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number): Generator<[string, Matrix]> {
  const m = X.columns;
  let dZ = Matrix.sub(cache.A3, Y);
  for (let l = 3; ; l--) {
    yield [`dZ${l}`, dZ];
    yield [`dW${l}`, dZ.mmul((l === 1 ? X : cache[`A${l - 1}`]).transpose()).div(m)];
    yield [`db${l}`, Matrix.columnVector(dZ.sum("row")).div(m)];
    if (l === 1) return;
    const dA = cache[`W${l}`].transpose().mmul(dZ).mul(cache[`D${l - 1}`]).div(keep_prob);
    yield [`dA${l - 1}`, dA];
    dZ = gated(dA, cache[`Z${l - 1}`]);
  }
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
  return Object.fromEntries(chain(X, Y, cache, keep_prob));
}

export function predict(X: Matrix, { W1, b1, W2, b2, W3, b3 }: Parameters) {
  const A1 = relu(W1.mmul(X).addColumnVector(b1));
  const A2 = relu(W2.mmul(A1).addColumnVector(b2));
  const labels = new Matrix(1, X.columns);
  for (const [i, j] of live(W3.mmul(A2).addColumnVector(b3))) labels.set(i, j, 1);
  return labels;
}
