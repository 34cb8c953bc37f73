import { Matrix } from "ml-matrix";

type Row = number[];
type Rng = () => number;

const range = (n: number): Row => [...Array(n).keys()];
const sum = (...xs: Row) => xs.reduce((a, b) => a + b, 0);
const rowsOf = (M: Matrix): Row[] => [...range(M.rows)].map((i) => [...M.getRow(i)]);
const stack = (...rows: Row[]) => new Matrix(rows);
const product = (first: Matrix, ...others: Matrix[]) => others.reduce((acc, M) => Matrix.mul(acc, M), first);
const relu = (M: Matrix) => stack(...rowsOf(M).map((row) => row.map((z) => Math.max(0, z))));
const alive = (M: Matrix) => stack(...rowsOf(M).map((row) => row.map((z) => (z > 0 ? 1 : 0))));
const sigmoid = (M: Matrix) => stack(...rowsOf(M).map((row) => row.map((z) => 1 / (1 + Math.exp(-z)))));

const mask = (...[rows, columns, keep, rng]: [rows: number, columns: number, keep: number, rng: Rng]) =>
  stack(...range(rows).map(() => [...range(columns)].map(() => (rng() < keep ? 1 : 0))));

export function forward_propagation_with_dropout(X: Matrix, parameters: Record<string, Matrix>, ...rest: [keep_prob: number, rng?: Rng]) {
  const [keep_prob, rng = Math.random] = rest;
  const { W1, b1, W2, b2, W3, b3 } = { ...parameters };

  const layer1 = { Z1: W1.mmul(X).addColumnVector(b1), D1: mask(W1.rows, X.columns, keep_prob, rng) };
  const A1 = product(relu(layer1.Z1), layer1.D1).div(keep_prob);
  const layer2 = { Z2: W2.mmul(A1).addColumnVector(b2), D2: mask(W2.rows, X.columns, keep_prob, rng) };
  const A2 = product(relu(layer2.Z2), layer2.D2).div(keep_prob);
  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);

  return { A3, cache: { ...layer1, A1, W1, b1, ...layer2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(...[X, Y, cache, keep_prob]: [X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number]) {
  const { A1, A2, A3, W2, W3, ...others } = cache;
  const { D1, D2, Z1, Z2 } = others;
  const m = X.columns;

  const dZ3 = Matrix.sub(A3, Y);
  const dA2 = product(W3.transpose().mmul(dZ3), D2).div(keep_prob);
  const dZ2 = product(dA2, alive(Z2));
  const dA1 = product(W2.transpose().mmul(dZ2), D1).div(keep_prob);
  const dZ1 = product(dA1, alive(Z1));

  const linear = (l: number, dZ: Matrix, A: Matrix) => ({
    [`dW${l}`]: dZ.mmul(A.transpose()).div(m),
    [`db${l}`]: stack(...rowsOf(dZ).map((row) => [sum(...row) / m])),
  });
  return Object.assign({ dZ3, dA2, dZ2, dA1, dZ1 }, ...[linear(3, dZ3, A2), linear(2, dZ2, A1), linear(1, dZ1, X)]);
}

export function predict(X: Matrix, parameters: Record<string, Matrix>) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const h = [X, W1, b1, W2, b2];
  const [, ...weights] = h;
  const [w1, c1, w2, c2] = weights;
  const A2 = relu(w2.mmul(relu(w1.mmul(X).addColumnVector(c1))).addColumnVector(c2));
  return stack(sigmoid(W3.mmul(A2).addColumnVector(b3)).getRow(0).map((p) => Math.round(p)));
}
