import { Matrix } from "ml-matrix";

// One example at a time: column j of X goes through the whole network, then the next.

type Vec = number[];

function matVec(W: Matrix, x: Vec, b: Matrix): Vec {
  const out: Vec = [];
  for (let i = 0; i < W.rows; i++) {
    let s = b.get(i, 0);
    for (let k = 0; k < W.columns; k++) s += W.get(i, k) * x[k]!;
    out.push(s);
  }
  return out;
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: () => number = Math.random): any {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const m = X.columns;
  const make = (W: Matrix) => Matrix.zeros(W.rows, m);
  const Z1 = make(W1), D1 = make(W1), A1 = make(W1);
  const Z2 = make(W2), D2 = make(W2), A2 = make(W2);
  const Z3 = make(W3), A3 = make(W3);

  for (let j = 0; j < m; j++) {
    const z1 = matVec(W1, X.getColumn(j), b1);
    const keep1 = rng() < keep_prob ? 1 : 0;
    const d1 = z1.map(() => keep1);
    const a1 = z1.map((z, i) => (Math.max(z, 0) * d1[i]!) / keep_prob);

    const z2 = matVec(W2, a1, b2);
    const keep2 = rng() < keep_prob ? 1 : 0;
    const d2 = z2.map(() => keep2);
    const a2 = z2.map((z, i) => (Math.max(z, 0) * d2[i]!) / keep_prob);

    const z3 = matVec(W3, a2, b3);
    const a3 = z3.map(sigmoid);

    Z1.setColumn(j, z1);
    D1.setColumn(j, d1);
    A1.setColumn(j, a1);
    Z2.setColumn(j, z2);
    D2.setColumn(j, d2);
    A2.setColumn(j, a2);
    Z3.setColumn(j, z3);
    A3.setColumn(j, a3);
  }

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

function tMatVec(W: Matrix, d: Vec): Vec {
  const out: Vec = [];
  for (let k = 0; k < W.columns; k++) {
    let s = 0;
    for (let i = 0; i < W.rows; i++) s += W.get(i, k) * d[i]!;
    out.push(s);
  }
  return out;
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number): any {
  const m = X.columns;
  const g: Record<string, Matrix> = {};
  for (const l of [1, 2, 3]) {
    const W = cache["W" + l];
    g["dW" + l] = Matrix.zeros(W.rows, W.columns);
    g["db" + l] = Matrix.zeros(W.rows, 1);
    g["dZ" + l] = Matrix.zeros(W.rows, m);
    if (l < 3) g["dA" + l] = Matrix.zeros(W.rows, m);
  }

  for (let j = 0; j < m; j++) {
    let dz: Vec = cache.A3.getColumn(j).map((a: number, i: number) => a - Y.get(i, j));
    for (let l = 3; l >= 1; l--) {
      g["dZ" + l]!.setColumn(j, dz);
      const prev: Vec = l > 1 ? cache["A" + (l - 1)].getColumn(j) : X.getColumn(j);
      dz.forEach((d, i) => {
        prev.forEach((a, k) => g["dW" + l]!.set(i, k, g["dW" + l]!.get(i, k) + (d * a) / m));
        g["db" + l]!.set(i, 0, g["db" + l]!.get(i, 0) + d / m);
      });
      if (l > 1) {
        const D: Matrix = cache["D" + (l - 1)];
        const Z: Matrix = cache["Z" + (l - 1)];
        const da = tMatVec(cache["W" + l], dz).map((v, i) => (v * D.get(i, j)) / keep_prob);
        g["dA" + (l - 1)]!.setColumn(j, da);
        dz = da.map((v, i) => (Z.get(i, j) > 0 ? v : 0));
      }
    }
  }
  return g;
}

export function predict(X: Matrix, parameters: any): Matrix {
  // without dropout: everything is kept
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  const labels: Vec = A3.getRow(0).map((a: number) => (a > 0.5 ? 1 : 0));
  return Matrix.rowVector(labels);
}
