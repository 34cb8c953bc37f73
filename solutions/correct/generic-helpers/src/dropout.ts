import { Matrix } from "ml-matrix";

/** A rectangle of anything. */
type Table<T> = ReadonlyArray<ReadonlyArray<T>>;

function tabulate<T>(rows: number, columns: number, make: (i: number, j: number) => T): Table<T> {
  return Array.from({ length: rows }, (_r, i) => Array.from({ length: columns }, (_c, j) => make(i, j)));
}
function mapTable<A, B>(t: Table<A>, f: (a: A) => B): Table<B> {
  return t.map((row) => row.map(f));
}
function zipTables<A, B, C>(a: Table<A>, b: Table<B>, f: (a: A, b: B) => C): Table<C> {
  return tabulate(a.length, a[0].length, (i, j) => f(a[i][j], b[i][j]));
}
function foldRows<A, B>(t: Table<A>, start: B, step: (acc: B, a: A) => B): B[] {
  return t.map((row) => row.reduce<B>(step, start));
}
const toTable = (M: Matrix): Table<number> => M.to2DArray();
const toMatrix = (t: Table<number>): Matrix => new Matrix(t as number[][]);

type Names = "W1" | "b1" | "W2" | "b2" | "W3" | "b3";
type CacheNames = Names | "Z1" | "D1" | "A1" | "Z2" | "D2" | "A2" | "Z3" | "A3";
type GradientNames = "dZ3" | "dW3" | "db3" | "dA2" | "dZ2" | "dW2" | "db2" | "dA1" | "dZ1" | "dW1" | "db1";
type Rng = () => number;

const relu = (z: number): number => (z > 0 ? z : 0);
const logistic = (z: number): number => 1 / (1 + Math.exp(-z));

function affine(W: Matrix, A: Matrix, b: Matrix): Matrix {
  return W.mmul(A).addColumnVector(b);
}

function keepOrZero(keep_prob: number) {
  return (value: number, kept: number): number => (value * kept) / keep_prob;
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Record<Names, Matrix>, keep_prob: number, rng: Rng = Math.random): { A3: Matrix; cache: Record<CacheNames, Matrix> } {
  function hidden(W: Matrix, A: Matrix, b: Matrix): [Z: Matrix, D: Matrix, A: Matrix] {
    const Z = affine(W, A, b);
    const D = tabulate<number>(Z.rows, Z.columns, () => (rng() < keep_prob ? 1 : 0));
    const out = zipTables(mapTable(toTable(Z), relu), D, keepOrZero(keep_prob));
    return [Z, toMatrix(D), toMatrix(out)];
  }
  const [Z1, D1, A1] = hidden(parameters.W1, X, parameters.b1);
  const [Z2, D2, A2] = hidden(parameters.W2, A1, parameters.b2);
  const Z3 = affine(parameters.W3, A2, parameters.b3);
  const A3 = toMatrix(mapTable(toTable(Z3), logistic));
  return { A3, cache: { ...parameters, Z1, D1, A1, Z2, D2, A2, Z3, A3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<CacheNames, Matrix>, keep_prob: number): Record<GradientNames, Matrix> {
  const m = X.columns;
  function below(W: Matrix, dZ: Matrix, D: Matrix, Z: Matrix): [dA: Matrix, dZ: Matrix] {
    const dA = zipTables(toTable(W.transpose().mmul(dZ)), toTable(D), keepOrZero(keep_prob));
    const dZbelow = zipTables(dA, toTable(Z), (g, z) => (z > 0 ? g : 0));
    return [toMatrix(dA), toMatrix(dZbelow)];
  }
  const weight = (dZ: Matrix, A: Matrix) => toMatrix(mapTable(toTable(dZ.mmul(A.transpose())), (g) => g / m));
  const bias = (dZ: Matrix) => toMatrix(foldRows(toTable(dZ), 0, (s, g) => s + g).map((s) => [s / m]));

  const dZ3 = toMatrix(zipTables(toTable(cache.A3), toTable(Y), (a, y) => a - y));
  const [dA2, dZ2] = below(cache.W3, dZ3, cache.D2, cache.Z2);
  const [dA1, dZ1] = below(cache.W2, dZ2, cache.D1, cache.Z1);
  return {
    dZ3, dW3: weight(dZ3, cache.A2), db3: bias(dZ3),
    dA2, dZ2, dW2: weight(dZ2, cache.A1), db2: bias(dZ2),
    dA1, dZ1, dW1: weight(dZ1, X), db1: bias(dZ1),
  };
}

export function predict(X: Matrix, parameters: Record<Names, Matrix>): Matrix {
  const activation = (f: (z: number) => number, Z: Matrix) => toMatrix(mapTable(toTable(Z), f));
  const A1 = activation(relu, affine(parameters.W1, X, parameters.b1));
  const A2 = activation(relu, affine(parameters.W2, A1, parameters.b2));
  return activation((z) => (logistic(z) > 0.5 ? 1 : 0), affine(parameters.W3, A2, parameters.b3));
}
