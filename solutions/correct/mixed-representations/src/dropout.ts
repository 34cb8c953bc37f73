import { Matrix } from "ml-matrix";

/*
 * What each thing is, is decided by who uses it: Z stays a Matrix (nobody touches it),
 * A is number[][] (easy to print), masks are flat-typed rows of bytes, b as it came.
 */
interface Cache {
  Z1: Matrix; D1: Int8Array[]; A1: number[][]; W1: Matrix; b1: Matrix;
  Z2: Matrix; D2: Int8Array[]; A2: number[][]; W2: Matrix; b2: Matrix;
  Z3: Matrix; A3: number[][]; W3: Matrix; b3: Matrix;
}

function draw(n: number, m: number, keep_prob: number, rng: () => number): Int8Array[] {
  return Array.from({ length: n }, () => {
    const row = new Int8Array(m);
    row.forEach((_, j) => {
      row[j] = rng() < keep_prob ? 1 : 0;
    });
    return row;
  });
}

function activateAndDrop(Z: Matrix, D: Int8Array[], keep_prob: number): number[][] {
  const A: number[][] = [];
  for (let i = 0; i < Z.rows; i++) {
    A.push([]);
    for (let j = 0; j < Z.columns; j++) {
      const relu = Math.max(0, Z.get(i, j));
      A[i].push(D[i][j] === 1 ? relu / keep_prob : 0);
    }
  }
  return A;
}

export function forward_propagation_with_dropout(X: Matrix, p: Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Matrix>, keep_prob: number, rng: () => number = Math.random): { A3: number[][]; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = p;
  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = draw(Z1.rows, Z1.columns, keep_prob, rng);
  const A1 = activateAndDrop(Z1, D1, keep_prob);
  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = draw(Z2.rows, Z2.columns, keep_prob, rng);
  const A2 = activateAndDrop(Z2, D2, keep_prob);
  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = Z3.to2DArray().map((row) => row.map((z) => 1 / (1 + Math.exp(-z))));
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const m = X.columns;
  const dZ3 = new Matrix(cache.A3).sub(Y);

  function below(W: Matrix, dZ: Matrix, D: Int8Array[], Z: Matrix): { dA: Matrix; dZ: Matrix } {
    const dA = W.transpose().mmul(dZ);
    D.forEach((row, i) => {
      row.forEach((bit, j) => {
        dA.set(i, j, bit === 1 ? dA.get(i, j) / keep_prob : 0);
      });
    });
    const gated = dA.clone();
    for (let i = 0; i < Z.rows; i++) for (let j = 0; j < Z.columns; j++) if (Z.get(i, j) <= 0) gated.set(i, j, 0);
    return { dA, dZ: gated };
  }

  const { dA: dA2, dZ: dZ2 } = below(cache.W3, dZ3, cache.D2, cache.Z2);
  const { dA: dA1, dZ: dZ1 } = below(cache.W2, dZ2, cache.D1, cache.Z1);

  const dW = (dZ: Matrix, A: number[][]) => dZ.mmul(new Matrix(A).transpose()).div(m).to2DArray();
  const db = (dZ: Matrix) => dZ.sum("row").map((s) => s / m);
  return {
    dZ3, dW3: dW(dZ3, cache.A2), db3: db(dZ3),
    dA2, dZ2, dW2: dW(dZ2, cache.A1), db2: db(dZ2),
    dA1, dZ1, dW1: dW(dZ1, X.to2DArray()), db1: db(dZ1),
  };
}

export function predict(X: Matrix, { W1, b1, W2, b2, W3, b3 }: Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Matrix>): number[] {
  const relu = (Z: Matrix) => Matrix.max(Z, Matrix.zeros(Z.rows, Z.columns));
  const Z3 = W3.mmul(relu(W2.mmul(relu(W1.mmul(X).addColumnVector(b1))).addColumnVector(b2))).addColumnVector(b3);
  return Z3.getRow(0).map((z) => (z > 0 ? 1 : 0));
}
