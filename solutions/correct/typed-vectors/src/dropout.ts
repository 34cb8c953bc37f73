import { Matrix } from "ml-matrix";

// Numbers that form a vector go into a Float64Array, labels into a Uint8Array.

type Net = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix };

interface Cache {
  Z1: Matrix; D1: Uint8ClampedArray[]; A1: Matrix; W1: Matrix; b1: Float64Array;
  Z2: Matrix; D2: Uint8ClampedArray[]; A2: Matrix; W2: Matrix; b2: Float64Array;
  Z3: Matrix; A3: Matrix; W3: Matrix; b3: Float64Array;
}

const column = (b: Matrix): Float64Array => Float64Array.from(b.to1DArray());

function shift(Z: Matrix, b: Float64Array): Matrix {
  return Z.addColumnVector(b);
}

function toss(rows: number, columns: number, keep: number, rng: () => number): Uint8ClampedArray[] {
  const D: Uint8ClampedArray[] = [];
  for (let i = 0; i < rows; i++) D.push(Uint8ClampedArray.from({ length: columns }, () => (rng() < keep ? 1 : 0)));
  return D;
}

function gate(M: Matrix, D: ArrayLike<number>[], keep: number): Matrix {
  const out = Matrix.zeros(M.rows, M.columns);
  for (let i = 0; i < M.rows; i++) {
    for (let j = 0; j < M.columns; j++) {
      if (D[i][j] !== 0) out.set(i, j, M.get(i, j) / keep);
    }
  }
  return out;
}

function rectify(Z: Matrix): Matrix {
  const A = Matrix.zeros(Z.rows, Z.columns);
  for (let i = 0; i < Z.rows; i++) {
    for (let j = 0; j < Z.columns; j++) {
      if (Z.get(i, j) > 0) A.set(i, j, Z.get(i, j));
    }
  }
  return A;
}

function expit(Z: Matrix): Matrix {
  const A = Matrix.zeros(Z.rows, Z.columns);
  A.apply((i, j) => { A.set(i, j, 1 / (1 + Math.exp(-Z.get(i, j)))); });
  return A;
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Net, keep_prob: number, rng: () => number = Math.random): { A3: Matrix; cache: Cache } {
  const { W1, W2, W3 } = parameters;
  const b1 = column(parameters.b1);
  const b2 = column(parameters.b2);
  const b3 = column(parameters.b3);

  const Z1 = shift(W1.mmul(X), b1);
  const D1 = toss(Z1.rows, Z1.columns, keep_prob, rng);
  const A1 = gate(rectify(Z1), D1, keep_prob);
  const Z2 = shift(W2.mmul(A1), b2);
  const D2 = toss(Z2.rows, Z2.columns, keep_prob, rng);
  const A2 = gate(rectify(Z2), D2, keep_prob);
  const Z3 = shift(W3.mmul(A2), b3);
  const A3 = expit(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const m = X.columns;
  const onlyLive = (dA: Matrix, Z: Matrix): Matrix => {
    const dZ = Matrix.zeros(dA.rows, dA.columns);
    dZ.apply((i, j) => { if (Z.get(i, j) > 0) dZ.set(i, j, dA.get(i, j)); });
    return dZ;
  };
  const bias = (dZ: Matrix): Float64Array => {
    const db = new Float64Array(dZ.rows);
    for (let i = 0; i < dZ.rows; i++) for (let j = 0; j < m; j++) db[i] += dZ.get(i, j) / m;
    return db;
  };

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dA2 = gate(cache.W3.transpose().mmul(dZ3), cache.D2, keep_prob);
  const dZ2 = onlyLive(dA2, cache.Z2);
  const dA1 = gate(cache.W2.transpose().mmul(dZ2), cache.D1, keep_prob);
  const dZ1 = onlyLive(dA1, cache.Z1);
  return {
    dZ3, dW3: dZ3.mmul(cache.A2.transpose()).div(m), db3: bias(dZ3),
    dA2, dZ2, dW2: dZ2.mmul(cache.A1.transpose()).div(m), db2: bias(dZ2),
    dA1, dZ1, dW1: dZ1.mmul(X.transpose()).div(m), db1: bias(dZ1),
  };
}

export function predict(X: Matrix, parameters: Net): Uint8Array {
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  return Uint8Array.from(A3.getRow(0), (a) => (a > 0.5 ? 1 : 0));
}
