import { Matrix } from "ml-matrix";

/* Everything on number[][]: wrap at the end. */
type Rows = number[][];
type Rng = () => number;

const rows = (M: Matrix): Rows => M.to2DArray();
const transpose = (A: Rows): Rows => A[0]!.map((_, j) => A.map((row) => row[j]!));
const dot = (A: Rows, B: Rows): Rows => {
  const Bt = transpose(B);
  return A.map((row) => Bt.map((col) => row.reduce((sum, v, k) => sum + v * col[k]!, 0)));
};
const map = (A: Rows, f: (v: number, i: number, j: number) => number): Rows =>
  A.map((row, i) => row.map((v, j) => f(v, i, j)));
const addBias = (Z: Rows, b: Rows): Rows => map(Z, (v, i) => v + b[i]![0]!);
const relu = (v: number): number => Math.max(v, 0);
const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));

export function forward_propagation_with_dropout(X: Matrix, parameters: Record<string, Matrix>, keep_prob: number, rng: Rng = Math.random) {
  const W1 = rows(parameters.W1!), b1 = rows(parameters.b1!);
  const W2 = rows(parameters.W2!), b2 = rows(parameters.b2!);
  const W3 = rows(parameters.W3!), b3 = rows(parameters.b3!);

  const z1 = addBias(dot(W1, rows(X)), b1);
  const r1 = map(z1, relu);
  const coins1 = r1[0]!.map(() => (rng() < keep_prob ? 1 : 0));
  const d1 = r1.map(() => [...coins1]);
  const a1 = map(r1, (v, i, j) => (v * d1[i]![j]!) / keep_prob);

  const z2 = addBias(dot(W2, a1), b2);
  const r2 = map(z2, relu);
  const coins2 = r2[0]!.map(() => (rng() < keep_prob ? 1 : 0));
  const d2 = r2.map(() => [...coins2]);
  const a2 = map(r2, (v, i, j) => (v * d2[i]![j]!) / keep_prob);

  const z3 = addBias(dot(W3, a2), b3);
  const a3 = map(z3, sigmoid);

  const wrapped = {
    Z1: new Matrix(z1), D1: new Matrix(d1), A1: new Matrix(a1),
    Z2: new Matrix(z2), D2: new Matrix(d2), A2: new Matrix(a2),
    Z3: new Matrix(z3), A3: new Matrix(a3),
  };
  return { A3: wrapped.A3, cache: { ...wrapped, ...parameters } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
  const c = Object.fromEntries(Object.entries(cache).map(([k, v]) => [k, rows(v)])) as Record<string, Rows>;
  const m = X.columns;
  const y = rows(Y);
  const mean = (A: Rows): Rows => A.map((row) => [row.reduce((s, v) => s + v, 0) / m]);
  const outer = (dz: Rows, a: Rows): Rows => map(dot(dz, transpose(a)), (v) => v / m);
  const through = (dA: Rows, D: Rows): Rows => map(dA, (v, i, j) => (v * D[i]![j]!) / keep_prob);
  const gate = (dA: Rows, Z: Rows): Rows => map(dA, (v, i, j) => (Z[i]![j]! > 0 ? v : 0));

  const dz3 = map(c.A3!, (v, i, j) => v - y[i]![j]!);
  const da2 = through(dot(transpose(c.W3!), dz3), c.D2!);
  const dz2 = gate(da2, c.Z2!);
  const da1 = through(dot(transpose(c.W2!), dz2), c.D1!);
  const dz1 = gate(da1, c.Z1!);

  const g = {
    dZ3: dz3, dW3: outer(dz3, c.A2!), db3: mean(dz3),
    dA2: da2, dZ2: dz2, dW2: outer(dz2, c.A1!), db2: mean(dz2),
    dA1: da1, dZ1: dz1, dW1: outer(dz1, rows(X)), db1: mean(dz1),
  };
  return Object.fromEntries(Object.entries(g).map(([k, v]) => [k, new Matrix(v)]));
}

export function predict(X: Matrix, parameters: Record<string, Matrix>): Matrix {
  const p = (key: string): Rows => rows(parameters[key]!);
  const h1 = map(addBias(dot(p("W1"), rows(X)), p("b1")), relu);
  const h2 = map(addBias(dot(p("W2"), h1), p("b2")), relu);
  const out = map(addBias(dot(p("W3"), h2), p("b3")), sigmoid);
  return new Matrix(map(out, (v) => (v > 0.5 ? 1 : 0)));
}
