import { Matrix } from "ml-matrix";

// The coins live in 32-bit words and are unpacked only when somebody needs a matrix.
class Bits {
  private words: Uint32Array;

  constructor(size: number) {
    this.words = new Uint32Array((size + 31) >>> 5);
  }

  set(k: number): void {
    this.words[k >>> 5] |= 1 << (k & 31);
  }

  at(k: number): number {
    return (this.words[k >>> 5] >>> (k & 31)) & 1;
  }

  static toss(size: number, p: number, rng: () => number): Bits {
    const bits = new Bits(size);
    for (let k = size; k--; ) rng() < p && bits.set(k);
    return bits;
  }
}

function unpack(bits: Bits, rows: number, columns: number): Matrix {
  const D = new Matrix(rows, columns);
  for (let k = 0; k < rows * columns; k++) D.set((k / columns) | 0, k % columns, bits.at(k));
  return D;
}

// -bit is all ones or all zeros; good enough to select without a branch
const select = (bit: number, value: number) => (~~-bit & 1 ? value : 0);

const relu = (Z: Matrix) => {
  const A = new Matrix(Z.rows, Z.columns);
  for (let i = 0; i < Z.rows; i++) for (let j = 0; j < Z.columns; j++) A.set(i, j, select(+(Z.get(i, j) > 0), Z.get(i, j)));
  return A;
};
const sigmoid = (Z: Matrix) => {
  const A = new Matrix(Z.rows, Z.columns);
  for (let i = 0; i < Z.rows; i++) for (let j = 0; j < Z.columns; j++) A.set(i, j, 1 / (1 + Math.exp(-Z.get(i, j))));
  return A;
};

export function forward_propagation_with_dropout(X: Matrix, parameters: Record<string, Matrix>, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const m = X.columns;

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = unpack(Bits.toss(W1.rows * m, keep_prob, rng), W1.rows, m);
  const A1 = relu(Z1).mul(D1).div(keep_prob);

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = unpack(Bits.toss(W2.rows * m, keep_prob, rng), W2.rows, m);
  const A2 = relu(Z2).mul(D2).div(keep_prob);

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
  const m = X.columns;
  const both = (D: Matrix, Z: Matrix, i: number, j: number) => D.get(i, j) & +(Z.get(i, j) > 0);

  const descend = (W: Matrix, dZ: Matrix, D: Matrix, Z: Matrix) => {
    const g = W.transpose().mmul(dZ);
    const dA = g.clone();
    const out = g.clone();
    for (let i = 0; i < g.rows; i++) {
      for (let j = 0; j < m; j++) {
        const v = g.get(i, j) / keep_prob;
        dA.set(i, j, select(D.get(i, j), v));
        out.set(i, j, select(both(D, Z, i, j), v));
      }
    }
    return [dA, out];
  };

  const dZ3 = Matrix.sub(cache.A3, Y);
  const [dA2, dZ2] = descend(cache.W3, dZ3, cache.D2, cache.Z2);
  const [dA1, dZ1] = descend(cache.W2, dZ2, cache.D1, cache.Z1);
  const dW = (dZ: Matrix, A: Matrix) => dZ.mmul(A.transpose()).div(m);
  const db = (dZ: Matrix) => Matrix.columnVector(dZ.sum("row")).div(m);
  return { dZ3, dW3: dW(dZ3, cache.A2), db3: db(dZ3), dA2, dZ2, dW2: dW(dZ2, cache.A1), db2: db(dZ2), dA1, dZ1, dW1: dW(dZ1, X), db1: db(dZ1) };
}

export function predict(X: Matrix, parameters: Record<string, Matrix>) {
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  const labels = new Matrix(1, X.columns);
  for (let j = 0; j < X.columns; j++) labels.set(0, j, (A3.get(0, j) * 2) | 0);
  return labels;
}
