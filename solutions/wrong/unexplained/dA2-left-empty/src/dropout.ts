import { Matrix } from "ml-matrix";

type Vec = number[];
interface Parameters { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }
interface Cache { Z1: Matrix; D1: Matrix; A1: Matrix; W1: Matrix; b1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; W2: Matrix; b2: Matrix; Z3: Matrix; A3: Matrix; W3: Matrix; b3: Matrix }

// The whole network for ONE example. The batch is only a loop around it.
function matvec(W: Matrix, x: Vec, b: Matrix): Vec {
  const out: Vec = [];
  for (let i = 0; i < W.rows; i++) {
    let s = b.get(i, 0);
    for (let k = 0; k < x.length; k++) s += W.get(i, k) * x[k];
    out.push(s);
  }
  return out;
}

function oneExample(x: Vec, p: Parameters, keep: number, toss: () => boolean) {
  const z1 = matvec(p.W1, x, p.b1);
  const d1 = z1.map(() => (toss() ? 1 : 0));
  const a1 = z1.map((z, i) => (d1[i] === 1 && z > 0 ? z / keep : 0));

  const z2 = matvec(p.W2, a1, p.b2);
  const d2 = z2.map(() => (toss() ? 1 : 0));
  const a2 = z2.map((z, i) => (d2[i] === 1 && z > 0 ? z / keep : 0));

  const z3 = matvec(p.W3, a2, p.b3);
  const a3 = z3.map((z) => 1 / (1 + Math.exp(-z)));
  return { z1, d1, a1, z2, d2, a2, z3, a3 };
}

const columns = (vs: Vec[]) => new Matrix(vs).transpose();

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: () => number = Math.random) {
  const runs = [];
  for (let e = 0; e < X.columns; e++) {
    runs.push(oneExample(X.getColumn(e), parameters, keep_prob, () => rng() < keep_prob));
  }
  const A3 = columns(runs.map((r) => r.a3));
  const cache: Cache = {
    ...parameters,
    Z1: columns(runs.map((r) => r.z1)),
    D1: columns(runs.map((r) => r.d1)),
    A1: columns(runs.map((r) => r.a1)),
    Z2: columns(runs.map((r) => r.z2)),
    D2: columns(runs.map((r) => r.d2)),
    A2: columns(runs.map((r) => r.a2)),
    Z3: columns(runs.map((r) => r.z3)),
    A3,
  };
  return { A3, cache };
}

/** acc += column * row, the gradient of one example */
function addOuter(acc: Matrix, column: Vec, row: Vec) {
  column.forEach((c, i) => row.forEach((r, j) => acc.set(i, j, acc.get(i, j) + c * r)));
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const m = X.columns;
  const { W1, W2, W3 } = cache;
  const dW1 = Matrix.zeros(W1.rows, W1.columns), dW2 = Matrix.zeros(W2.rows, W2.columns), dW3 = Matrix.zeros(W3.rows, W3.columns);
  const db1 = Matrix.zeros(W1.rows, 1), db2 = Matrix.zeros(W2.rows, 1), db3 = Matrix.zeros(W3.rows, 1);
  const dZ1 = Matrix.zeros(W1.rows, m), dZ2 = Matrix.zeros(W2.rows, m), dZ3 = Matrix.zeros(W3.rows, m);
  const dA1 = Matrix.zeros(W1.rows, m), dA2 = Matrix.zeros(W2.rows, m);

  for (let e = 0; e < m; e++) {
    const y = Y.getColumn(e), a3 = cache.A3.getColumn(e);
    const dz3 = a3.map((a, i) => a - y[i]);

    const pull = (W: Matrix, dz: Vec, d: Vec) =>
      d.map((keepUnit, i) => (keepUnit ? dz.reduce((s, g, k) => s + W.get(k, i) * g, 0) / keep_prob : 0));

    const da2 = pull(W3, dz3, cache.D2.getColumn(e));
    const z2 = cache.Z2.getColumn(e);
    const dz2 = da2.map((g, i) => (z2[i] > 0 ? g : 0));

    const da1 = pull(W2, dz2, cache.D1.getColumn(e));
    const z1 = cache.Z1.getColumn(e);
    const dz1 = da1.map((g, i) => (z1[i] > 0 ? g : 0));

    addOuter(dW3, dz3.map((g) => g / m), cache.A2.getColumn(e));
    addOuter(dW2, dz2.map((g) => g / m), cache.A1.getColumn(e));
    addOuter(dW1, dz1.map((g) => g / m), X.getColumn(e));
    addOuter(db3, dz3, [1 / m]);
    addOuter(db2, dz2, [1 / m]);
    addOuter(db1, dz1, [1 / m]);

    dZ3.setColumn(e, dz3); dZ2.setColumn(e, dz2); dA1.setColumn(e, da1); dZ1.setColumn(e, dz1);
  }
  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const labels: Vec = [];
  for (let e = 0; e < X.columns; e++) {
    const { a3 } = oneExample(X.getColumn(e), parameters, 1, () => true);
    labels.push(a3[0] > 0.5 ? 1 : 0);
  }
  return new Matrix([labels]);
}
