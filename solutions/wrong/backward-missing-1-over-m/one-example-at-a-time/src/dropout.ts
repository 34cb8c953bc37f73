import { Matrix } from 'ml-matrix';

// One training example at a time; vectors are plain number[].

type Vector = number[];
type P = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix };
type C = P & {
  Z1: Matrix;
  D1: Matrix;
  A1: Matrix;
  Z2: Matrix;
  D2: Matrix;
  A2: Matrix;
  Z3: Matrix;
  A3: Matrix;
};

function matVec(W: Matrix, v: Vector, b: Matrix): Vector {
  return Array.from({ length: W.rows }, (_, i) =>
    W.getRow(i).reduce((s, w, k) => s + w * v[k]!, b.get(i, 0)),
  );
}

function matTVec(W: Matrix, v: Vector): Vector {
  return Array.from({ length: W.columns }, (_, k) => v.reduce((s, x, i) => s + x * W.get(i, k), 0));
}

function addOuter(target: Matrix, left: Vector, right: Vector, weight: number): void {
  left.forEach((l, i) => {
    right.forEach((r, j) => {
      target.set(i, j, target.get(i, j) + weight * l * r);
    });
  });
}

function hidden(z: Vector, keep_prob: number, rng: () => number): { mask: Vector; a: Vector } {
  const mask = z.map(() => (rng() <= keep_prob ? 1 : 0));
  const a = z.map((zi, i) => (zi > 0 ? (zi * mask[i]!) / keep_prob : 0));
  return { mask, a };
}

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: P,
  keep_prob: number,
  rng: () => number = Math.random,
) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const m = X.columns;
  const empty = (n: number) => Matrix.zeros(n, m);
  const cache = {
    Z1: empty(W1.rows),
    D1: empty(W1.rows),
    A1: empty(W1.rows),
    W1,
    b1,
    Z2: empty(W2.rows),
    D2: empty(W2.rows),
    A2: empty(W2.rows),
    W2,
    b2,
    Z3: empty(W3.rows),
    A3: empty(W3.rows),
    W3,
    b3,
  };
  for (let j = 0; j < m; j++) {
    const z1 = matVec(W1, X.getColumn(j), b1);
    const h1 = hidden(z1, keep_prob, rng);
    const z2 = matVec(W2, h1.a, b2);
    const h2 = hidden(z2, keep_prob, rng);
    const z3 = matVec(W3, h2.a, b3);
    const a3 = z3.map((z) => 1 / (1 + Math.exp(-z)));
    cache.Z1.setColumn(j, z1);
    cache.D1.setColumn(j, h1.mask);
    cache.A1.setColumn(j, h1.a);
    cache.Z2.setColumn(j, z2);
    cache.D2.setColumn(j, h2.mask);
    cache.A2.setColumn(j, h2.a);
    cache.Z3.setColumn(j, z3);
    cache.A3.setColumn(j, a3);
  }
  return { A3: cache.A3, cache };
}

export function backward_propagation_with_dropout(
  X: Matrix,
  Y: Matrix,
  cache: C,
  keep_prob: number,
) {
  const m = X.columns;
  const like = (M: Matrix) => Matrix.zeros(M.rows, M.columns);
  const g = {
    dZ3: like(cache.Z3),
    dW3: like(cache.W3),
    db3: like(cache.b3),
    dA2: like(cache.Z2),
    dZ2: like(cache.Z2),
    dW2: like(cache.W2),
    db2: like(cache.b2),
    dA1: like(cache.Z1),
    dZ1: like(cache.Z1),
    dW1: like(cache.W1),
    db1: like(cache.b1),
  };

  for (let j = 0; j < m; j++) {
    const a3 = cache.A3.getColumn(j);
    const y = Y.getColumn(j);
    const dz3 = a3.map((a, i) => a - y[i]!);

    const d2 = cache.D2.getColumn(j);
    const z2 = cache.Z2.getColumn(j);
    const da2 = matTVec(cache.W3, dz3).map((v, i) => (v * d2[i]!) / keep_prob);
    const dz2 = da2.map((v, i) => (z2[i]! > 0 ? v : 0));

    const d1 = cache.D1.getColumn(j);
    const z1 = cache.Z1.getColumn(j);
    const da1 = matTVec(cache.W2, dz2).map((v, i) => (v * d1[i]!) / keep_prob);
    const dz1 = da1.map((v, i) => (z1[i]! > 0 ? v : 0));

    g.dZ3.setColumn(j, dz3);
    g.dA2.setColumn(j, da2);
    g.dZ2.setColumn(j, dz2);
    g.dA1.setColumn(j, da1);
    g.dZ1.setColumn(j, dz1);

    addOuter(g.dW3, dz3, cache.A2.getColumn(j), 1);
    addOuter(g.db3, dz3, [1], 1);
    addOuter(g.dW2, dz2, cache.A1.getColumn(j), 1);
    addOuter(g.db2, dz2, [1], 1);
    addOuter(g.dW1, dz1, X.getColumn(j), 1);
    addOuter(g.db1, dz1, [1], 1);
  }
  return g;
}

export function predict(X: Matrix, parameters: P): Matrix {
  const relu = (z: number) => Math.max(z, 0);
  const labels = Array.from({ length: X.columns }, (_, j) => {
    const h1 = matVec(parameters.W1, X.getColumn(j), parameters.b1).map(relu);
    const h2 = matVec(parameters.W2, h1, parameters.b2).map(relu);
    const [z3] = matVec(parameters.W3, h2, parameters.b3);
    return 1 / (1 + Math.exp(-z3!)) > 0.5 ? 1 : 0;
  });
  return Matrix.rowVector(labels);
}
