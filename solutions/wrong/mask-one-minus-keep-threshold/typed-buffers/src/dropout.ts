import { Matrix } from "ml-matrix";
import { affine, matmulT, matmulTN, toFlat, toMatrix, type Flat } from "./flat.ts";

type Rng = () => number;

// Works on Float64Array buffers, row-major, and converts at the border.

function bernoulli(size: number, keep: number, rng: Rng): Float64Array {
  const mask = new Float64Array(size);
  const p = 1 - keep;
  for (let k = 0; k < size; k++) {
    mask[k] = rng() < p ? 1 : 0;
  }
  return mask;
}

function relu(z: Flat): Flat {
  return { rows: z.rows, cols: z.cols, data: z.data.map((v) => (v > 0 ? v : 0)) };
}

function dropUnits(h: Flat, mask: Float64Array, keep: number): Flat {
  const data = new Float64Array(h.data.length);
  const scale = 1 / keep;
  for (let k = 0; k < data.length; k++) {
    data[k] = h.data[k]! * mask[k]! * scale;
  }
  return { rows: h.rows, cols: h.cols, data };
}

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: Rng = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const z1 = affine(toFlat(W1), toFlat(X), toFlat(b1));
  const mask1 = bernoulli(z1.data.length, keep_prob, rng);
  const a1 = dropUnits(relu(z1), mask1, keep_prob);

  const z2 = affine(toFlat(W2), a1, toFlat(b2));
  const mask2 = bernoulli(z2.data.length, keep_prob, rng);
  const a2 = dropUnits(relu(z2), mask2, keep_prob);

  const z3 = affine(toFlat(W3), a2, toFlat(b3));
  const a3: Flat = { ...z3, data: z3.data.map((v) => 1 / (1 + Math.exp(-v))) };

  const D1 = toMatrix({ ...z1, data: mask1 });
  const D2 = toMatrix({ ...z2, data: mask2 });
  const A3 = toMatrix(a3);
  const cache = {
    Z1: toMatrix(z1), D1, A1: toMatrix(a1), W1, b1,
    Z2: toMatrix(z2), D2, A2: toMatrix(a2), W2, b2,
    Z3: toMatrix(z3), A3, W3, b3,
  };
  return { A3, cache };
}

/** dA comes from the layer above; result is written into two fresh buffers. */
function backThrough(dA: Flat, D: Flat, Z: Flat, keep: number): { dA: Flat; dZ: Flat } {
  const masked = new Float64Array(dA.data.length);
  const gated = new Float64Array(dA.data.length);
  for (let k = 0; k < masked.length; k++) {
    masked[k] = (dA.data[k]! * D.data[k]!) / keep;
    gated[k] = Z.data[k]! > 0 ? masked[k]! : 0;
  }
  return { dA: { ...dA, data: masked }, dZ: { ...dA, data: gated } };
}

function weights(dZ: Flat, A: Flat): Matrix {
  return toMatrix(matmulT(dZ, A)).div(A.cols);
}

function biases(dZ: Flat): Matrix {
  const out = new Matrix(dZ.rows, 1);
  for (let i = 0; i < dZ.rows; i++) {
    let total = 0;
    for (let j = 0; j < dZ.cols; j++) total += dZ.data[i * dZ.cols + j]!;
    out.set(i, 0, total / dZ.cols);
  }
  return out;
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const dz3 = toFlat(Matrix.sub(cache.A3, Y));
  const l2 = backThrough(matmulTN(toFlat(cache.W3), dz3), toFlat(cache.D2), toFlat(cache.Z2), keep_prob);
  const l1 = backThrough(matmulTN(toFlat(cache.W2), l2.dZ), toFlat(cache.D1), toFlat(cache.Z1), keep_prob);
  return {
    dZ3: toMatrix(dz3), dW3: weights(dz3, toFlat(cache.A2)), db3: biases(dz3),
    dA2: toMatrix(l2.dA), dZ2: toMatrix(l2.dZ), dW2: weights(l2.dZ, toFlat(cache.A1)), db2: biases(l2.dZ),
    dA1: toMatrix(l1.dA), dZ1: toMatrix(l1.dZ), dW1: weights(l1.dZ, toFlat(X)), db1: biases(l1.dZ),
  };
}

export function predict(X: Matrix, parameters: any): Matrix {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const h1 = relu(affine(toFlat(W1), toFlat(X), toFlat(b1)));
  const h2 = relu(affine(toFlat(W2), h1, toFlat(b2)));
  const z3 = affine(toFlat(W3), h2, toFlat(b3));
  // sigmoid(z) > 0.5 exactly when z > 0
  return Matrix.rowVector(Array.from(z3.data, (z) => (z > 0 ? 1 : 0)));
}
