import { Matrix } from "ml-matrix";

type Table = number[][];
const zip = (a: Table, b: Table, f: (x: number, y: number) => number): Table =>
  a.map((r, i) => r.map((x, j) => f(x, b[i]![j]!)));
const times = (a: Table, b: Table) => zip(a, b, (x, y) => x * y);
const mm = (a: Table, b: Table): Table => new Matrix(a).mmul(new Matrix(b)).to2DArray();
const tr = (a: Table): Table => new Matrix(a).transpose().to2DArray();

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: () => number = Math.random) {
  const factor = 1 / keep_prob;
  // a multiplier for each unit of each example: 0, or 1/keep_prob
  const multipliers = (n: number): Table => {
    const t: Table = [];
    for (let i = 0; i < n; i++) {
      t[i] = [];
      for (let j = 0; j < X.columns; j++) t[i]![j] = rng() >= 1 - keep_prob ? factor : 0;
    }
    return t;
  };
  const z = (W: Matrix, A: Table, b: Matrix): Table => mm(W.to2DArray(), A).map((r, i) => r.map((v) => v + b.get(i, 0)));
  const relu = (t: Table) => t.map((r) => r.map((v) => (v < 0 ? 0 : v)));

  const Z1 = z(parameters.W1, X.to2DArray(), parameters.b1);
  const D1 = multipliers(Z1.length);
  const A1 = times(relu(Z1), D1);
  const Z2 = z(parameters.W2, A1, parameters.b2);
  const D2 = multipliers(Z2.length);
  const A2 = times(relu(Z2), D2);
  const Z3 = z(parameters.W3, A2, parameters.b3);
  const A3 = Z3.map((r) => r.map((v) => 1 / (1 + Math.exp(-v))));

  return {
    A3,
    cache: {
      Z1, D1, A1, W1: parameters.W1, b1: parameters.b1,
      Z2, D2, A2, W2: parameters.W2, b2: parameters.b2,
      Z3, A3, W3: parameters.W3, b3: parameters.b3,
    },
  };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, c: any, keep_prob: number) {
  void keep_prob; // already in the multipliers
  const m = X.columns;
  const grad = (dZ: Table, A: Table) => mm(dZ, tr(A)).map((r) => r.map((v) => v / m));
  const bias = (dZ: Table) => dZ.map((r) => [r.reduce((s, v) => s + v, 0) / m]);
  const chain = (W: Matrix, dZ: Table, D: Table) => times(mm(W.transpose().to2DArray(), dZ), D);
  const alive = (dA: Table, Z: Table) => zip(dA, Z, (g, v) => (v > 0 ? g : 0));

  const dZ3 = zip(c.A3, Y.to2DArray(), (a, y) => a - y);
  const dA2 = chain(c.W3, dZ3, c.D2);
  const dZ2 = alive(dA2, c.Z2);
  const dA1 = chain(c.W2, dZ2, c.D1);
  const dZ1 = alive(dA1, c.Z1);
  return {
    dZ3, dA2, dZ2, dA1, dZ1,
    dW3: grad(dZ3, c.A2), dW2: grad(dZ2, c.A1), dW1: grad(dZ1, X.to2DArray()),
    db3: bias(dZ3), db2: bias(dZ2), db1: bias(dZ1),
  };
}

export function predict(X: Matrix, parameters: any) {
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  return A3.map((r) => r.map((v) => (v > 0.5 ? 1 : 0)));
}
