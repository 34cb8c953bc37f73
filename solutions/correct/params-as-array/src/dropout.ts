import { Matrix } from "ml-matrix";

/*
  L-layer version: same loop for any depth. The course's cache is made out of the
  lists at the very end.
*/
type Rng = () => number;

function layerList(parameters: any): { W: Matrix; b: Matrix }[] {
  const list = [];
  for (let l = 1; parameters["W" + l] !== undefined; l++) {
    list.push({ W: parameters["W" + l], b: parameters["b" + l] });
  }
  return list;
}

function g(Z: Matrix, last: boolean): Matrix {
  const A = Matrix.zeros(Z.rows, Z.columns);
  for (let i = 0; i < Z.rows; i++) {
    for (let j = 0; j < Z.columns; j++) {
      const z = Z.get(i, j);
      A.set(i, j, last ? 1 / (1 + Math.exp(-z)) : Math.max(z, 0));
    }
  }
  return A;
}

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: Rng = Math.random) {
  const layers = layerList(parameters);
  const L = layers.length;
  const Z: Matrix[] = [];
  const D: Matrix[] = [];
  const A: Matrix[] = [X];

  for (let l = 1; l <= L; l++) {
    Z[l] = layers[l - 1].W.mmul(A[l - 1]).addColumnVector(layers[l - 1].b);
    A[l] = g(Z[l], l === L);
    if (l < L) {
      D[l] = Matrix.zeros(A[l].rows, A[l].columns);
      for (let i = 0; i < D[l].rows; i++) for (let j = 0; j < D[l].columns; j++) D[l].set(i, j, rng() < keep_prob ? 1 : 0);
      A[l].mul(D[l]);
      A[l].div(keep_prob);
    }
  }

  const cache: any = {};
  for (let l = 1; l <= L; l++) {
    cache["Z" + l] = Z[l];
    if (l < L) cache["D" + l] = D[l];
    cache["A" + l] = A[l];
    cache["W" + l] = layers[l - 1].W;
    cache["b" + l] = layers[l - 1].b;
  }
  return { A3: A[L], cache };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const W = [null, cache.W1, cache.W2, cache.W3];
  const Z = [null, cache.Z1, cache.Z2, cache.Z3];
  const D = [null, cache.D1, cache.D2];
  const A = [X, cache.A1, cache.A2, cache.A3];
  const L = 3;
  const m = X.columns;
  const grads: any = {};

  let dZ: Matrix = Matrix.sub(A[L], Y);
  for (let l = L; l >= 1; l--) {
    grads["dZ" + l] = dZ;
    grads["dW" + l] = Matrix.div(dZ.mmul(A[l - 1].transpose()), m);
    grads["db" + l] = Matrix.div(Matrix.columnVector(dZ.sum("row")), m);
    if (l === 1) break;

    const dA: Matrix = W[l].transpose().mmul(dZ);
    dA.mul(D[l - 1]);
    dA.div(keep_prob);
    grads["dA" + (l - 1)] = dA;

    const below = Z[l - 1];
    const next = Matrix.zeros(dA.rows, dA.columns);
    for (let i = 0; i < next.rows; i++) for (let j = 0; j < next.columns; j++) next.set(i, j, below.get(i, j) > 0 ? dA.get(i, j) : 0);
    dZ = next;
  }
  return grads;
}

export function predict(X: Matrix, parameters: any) {
  const layers = layerList(parameters);
  let A = X;
  layers.forEach((layer, k) => {
    A = g(layer.W.mmul(A).addColumnVector(layer.b), k === layers.length - 1);
  });
  return A.round();
}
