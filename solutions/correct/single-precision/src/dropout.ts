import { Matrix } from "ml-matrix";

// GPUs train in float32, so this does too: every tensor is an array of Float32Array rows.
type Tensor = Float32Array[];
const f32 = Math.fround;

const fromMatrix = (M: Matrix): Tensor => M.to2DArray().map((row) => Float32Array.from(row));
const empty = (rows: number, cols: number): Tensor => Array.from({ length: rows }, () => new Float32Array(cols));

function matmul(a: Tensor, b: Tensor): Tensor {
  const out = empty(a.length, b[0].length);
  for (let i = 0; i < a.length; i++)
    for (let k = 0; k < b.length; k++) {
      const aik = a[i][k];
      for (let j = 0; j < b[k].length; j++) out[i][j] = f32(out[i][j] + f32(aik * b[k][j]));
    }
  return out;
}

function transpose(a: Tensor): Tensor {
  const out = empty(a[0].length, a.length);
  a.forEach((row, i) => row.forEach((v, j) => { out[j][i] = v; }));
  return out;
}

function affine(W: Tensor, A: Tensor, b: Tensor): Tensor {
  return matmul(W, A).map((row, i) => row.map((z) => z + b[i][0]));
}

const relu = (z: Tensor): Tensor => z.map((row) => row.map((v) => (v > 0 ? v : 0)));
const sigmoid = (z: Tensor): Tensor => z.map((row) => row.map((v) => 1 / (1 + Math.exp(-v))));

function dropoutMask(rows: number, cols: number, keep: number, rng: () => number): Tensor {
  const D = empty(rows, cols);
  for (const row of D) for (let j = 0; j < cols; j++) row[j] = rng() < keep ? 1 : 0;
  return D;
}

const maskAndScale = (a: Tensor, D: Tensor, keep: number): Tensor =>
  a.map((row, i) => row.map((v, j) => f32(f32(v * D[i][j]) / f32(keep))));

type P = Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Matrix>;
type Cache = Record<"Z1" | "D1" | "A1" | "W1" | "b1" | "Z2" | "D2" | "A2" | "W2" | "b2" | "Z3" | "A3" | "W3" | "b3", Tensor>;

export function forward_propagation_with_dropout(X: Matrix, parameters: P, keep_prob: number, rng: () => number = Math.random): { A3: Tensor; cache: Cache } {
  const W1 = fromMatrix(parameters.W1), b1 = fromMatrix(parameters.b1);
  const W2 = fromMatrix(parameters.W2), b2 = fromMatrix(parameters.b2);
  const W3 = fromMatrix(parameters.W3), b3 = fromMatrix(parameters.b3);

  const Z1 = affine(W1, fromMatrix(X), b1);
  const D1 = dropoutMask(Z1.length, X.columns, keep_prob, rng);
  const A1 = maskAndScale(relu(Z1), D1, keep_prob);
  const Z2 = affine(W2, A1, b2);
  const D2 = dropoutMask(Z2.length, X.columns, keep_prob, rng);
  const A2 = maskAndScale(relu(Z2), D2, keep_prob);
  const Z3 = affine(W3, A2, b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number): Record<string, Tensor> {
  const x = fromMatrix(X), y = fromMatrix(Y), m = X.columns;
  const gate = (dA: Tensor, Z: Tensor) => dA.map((row, i) => row.map((v, j) => (Z[i][j] > 0 ? v : 0)));
  const dW = (dZ: Tensor, A: Tensor) => matmul(dZ, transpose(A)).map((row) => row.map((v) => v / m));
  const db = (dZ: Tensor) => dZ.map((row) => Float32Array.of(row.reduce((s, v) => f32(s + v), 0) / m));

  const dZ3 = cache.A3.map((row, i) => row.map((a, j) => a - y[i][j]));
  const dA2 = maskAndScale(matmul(transpose(cache.W3), dZ3), cache.D2, keep_prob);
  const dZ2 = gate(dA2, cache.Z2);
  const dA1 = maskAndScale(matmul(transpose(cache.W2), dZ2), cache.D1, keep_prob);
  const dZ1 = gate(dA1, cache.Z1);
  return {
    dZ3, dW3: dW(dZ3, cache.A2), db3: db(dZ3),
    dA2, dZ2, dW2: dW(dZ2, cache.A1), db2: db(dZ2),
    dA1, dZ1, dW1: dW(dZ1, x), db1: db(dZ1),
  };
}

export function predict(X: Matrix, parameters: P): Tensor {
  const t = (name: keyof P) => fromMatrix(parameters[name]);
  const A1 = relu(affine(t("W1"), fromMatrix(X), t("b1")));
  const A2 = relu(affine(t("W2"), A1, t("b2")));
  const A3 = sigmoid(affine(t("W3"), A2, t("b3")));
  return A3.map((row) => row.map((p) => (p > 0.5 ? 1 : 0)));
}
