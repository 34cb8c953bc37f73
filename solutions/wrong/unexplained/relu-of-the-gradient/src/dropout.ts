import type { Matrix } from "ml-matrix";

type Rows = number[][];
type Like = Matrix | Rows;
type Rng = () => number;

const rows = (M: Like): Rows => (Array.isArray(M) ? M : M.to2DArray());
const cell = (M: Rows, i: number, j: number): number => M[i]![j]!;
const dot = (A: Rows, B: Rows): Rows =>
  A.map((row) => B[0]!.map((_, j) => row.reduce((sum, a, k) => sum + a * cell(B, k, j), 0)));
const T = (M: Rows): Rows => M[0]!.map((_, j) => M.map((row) => row[j]!));
const plus = (M: Rows, b: Rows): Rows => M.map((row, i) => row.map((x) => x + cell(b, i, 0)));
const map = (M: Rows, f: (x: number, i: number, j: number) => number): Rows =>
  M.map((row, i) => row.map((x, j) => f(x, i, j)));
const times = (A: Rows, B: Rows): Rows => map(A, (a, i, j) => a * cell(B, i, j));
const scale = (M: Rows, c: number): Rows => map(M, (x) => x * c);
const relu = (M: Rows): Rows => map(M, (x) => Math.max(0, x));
const sigmoid = (M: Rows): Rows => map(M, (x) => 1 / (1 + Math.exp(-x)));
const total = (M: Rows): Rows => M.map((row) => [row.reduce((a, b) => a + b, 0)]);

type Params = { W1: Like; b1: Like; W2: Like; b2: Like; W3: Like; b3: Like };
type Cache = Params & { Z1: Like; D1: Like; A1: Like; Z2: Like; D2: Like; A2: Like; Z3: Like; A3: Like };

export const forward_propagation_with_dropout = (X: Like, parameters: Params, keep_prob: number, rng: Rng = Math.random) => {
  const [W1, b1, W2, b2, W3, b3] = [parameters.W1, parameters.b1, parameters.W2, parameters.b2, parameters.W3, parameters.b3].map(rows) as [Rows, Rows, Rows, Rows, Rows, Rows];
  const coin = () => (rng() < keep_prob ? 1 : 0);

  const Z1 = plus(dot(W1, rows(X)), b1);
  const D1 = map(Z1, coin);
  const A1 = scale(times(relu(Z1), D1), 1 / keep_prob);

  const Z2 = plus(dot(W2, A1), b2);
  const D2 = map(Z2, coin);
  const A2 = scale(times(relu(Z2), D2), 1 / keep_prob);

  const Z3 = plus(dot(W3, A2), b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
};

export const backward_propagation_with_dropout = (X: Like, Y: Like, cache: Cache, keep_prob: number) => {
  const input = rows(X);
  const target = rows(Y);
  const m = input[0]!.length;
  const A1 = rows(cache.A1);
  const A2 = rows(cache.A2);
  const A3 = rows(cache.A3);

  const dZ3 = map(A3, (a, i, j) => a - cell(target, i, j));
  const dW3 = scale(dot(dZ3, T(A2)), 1 / m);
  const db3 = scale(total(dZ3), 1 / m);

  const back2 = dot(T(rows(cache.W3)), dZ3);
  const dA2 = scale(times(back2, rows(cache.D2)), 1 / keep_prob);
  const dZ2 = relu(dA2);
  const dW2 = scale(dot(dZ2, T(A1)), 1 / m);
  const db2 = scale(total(dZ2), 1 / m);

  const back1 = dot(T(rows(cache.W2)), dZ2);
  const dA1 = scale(times(back1, rows(cache.D1)), 1 / keep_prob);
  const dZ1 = relu(dA1);
  const dW1 = scale(dot(dZ1, T(input)), 1 / m);
  const db1 = scale(total(dZ1), 1 / m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
};

export const predict = (X: Like, parameters: Params): Rows => {
  const H1 = relu(plus(dot(rows(parameters.W1), rows(X)), rows(parameters.b1)));
  const H2 = relu(plus(dot(rows(parameters.W2), H1), rows(parameters.b2)));
  const A3 = sigmoid(plus(dot(rows(parameters.W3), H2), rows(parameters.b3)));
  return map(A3, (a) => (a > 0.5 ? 1 : 0));
};
