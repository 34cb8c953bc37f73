import { Matrix } from "ml-matrix";

interface Layer { W: Matrix; b: Matrix; Z: Matrix; D: Matrix; A: Matrix }

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng = Math.random) {
  const layers: Layer[] = [];
  let input = X;
  for (let l = 1; l <= 2; l++) {
    const W: Matrix = parameters["W" + l];
    const b: Matrix = parameters["b" + l];
    const Z = W.mmul(input);
    const D = Matrix.zeros(Z.rows, Z.columns);
    const A = Matrix.zeros(Z.rows, Z.columns);
    for (let i = 0; i < Z.rows; i++) {
      for (let j = 0; j < Z.columns; j++) {
        Z.set(i, j, Z.get(i, j) + b.get(i, 0));
        if (rng() < keep_prob) {
          D.set(i, j, Z.get(i, j));
          A.set(i, j, Math.max(Z.get(i, j), 0) / keep_prob);
        }
      }
    }
    layers.push({ W, b, Z, D, A });
    input = A;
  }
  const { W3, b3 } = parameters;
  const Z3 = W3.mmul(input).addColumnVector(b3);
  const A3 = Matrix.pow(Matrix.add(Matrix.exp(Matrix.mul(Z3, -1)), 1), -1);
  const cache: any = { Z3, A3, W3, b3 };
  layers.forEach(({ W, b, Z, D, A }, k) => {
    cache["Z" + (k + 1)] = Z;
    cache["D" + (k + 1)] = D;
    cache["A" + (k + 1)] = A;
    cache["W" + (k + 1)] = W;
    cache["b" + (k + 1)] = b;
  });
  return { A3, cache };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const m = X.columns;
  const out: any = {};
  let dZ = Matrix.sub(cache.A3, Y);
  for (let l = 3; l >= 1; l--) {
    out["dZ" + l] = dZ;
    out["dW" + l] = dZ.mmul((l === 1 ? X : cache["A" + (l - 1)]).transpose()).div(m);
    out["db" + l] = Matrix.columnVector(dZ.sum("row")).div(m);
    if (l === 1) break;
    const dA = cache["W" + l].transpose().mmul(dZ);
    const D = cache["D" + (l - 1)];
    dA.apply((i: number, j: number) => { if (D.get(i, j) === 0) dA.set(i, j, 0); });
    dA.div(keep_prob);
    out["dA" + (l - 1)] = dA;
    const Z = cache["Z" + (l - 1)];
    dZ = new Matrix(dA.rows, dA.columns);
    for (let i = 0; i < dA.rows; i++) {
      for (let j = 0; j < m; j++) {
        dZ.set(i, j, Z.get(i, j) > 0 ? dA.get(i, j) : 0);
      }
    }
  }
  return out;
}

export function predict(X: Matrix, parameters: any) {
  let A = X;
  for (const l of [1, 2, 3]) {
    const Z = parameters["W" + l].mmul(A).addColumnVector(parameters["b" + l]);
    A = new Matrix(Z.rows, Z.columns);
    for (let i = 0; i < Z.rows; i++)
      for (let j = 0; j < Z.columns; j++) {
        const z = Z.get(i, j);
        A.set(i, j, l < 3 ? Math.max(0, z) : 1 / (1 + Math.exp(-z)));
      }
  }
  const labels = new Matrix(1, X.columns);
  for (let j = 0; j < X.columns; j++) labels.set(0, j, A.get(0, j) > 0.5 ? 1 : 0);
  return labels;
}
