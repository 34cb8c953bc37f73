import { Matrix } from "ml-matrix";

export interface Flat {
  rows: number;
  cols: number;
  data: Float64Array;
}

export function toFlat(M: Matrix): Flat {
  return { rows: M.rows, cols: M.columns, data: Float64Array.from(M.to1DArray()) };
}

export function toMatrix(f: Flat): Matrix {
  return Matrix.from1DArray(f.rows, f.cols, f.data);
}

/** W·A + b */
export function affine(W: Flat, A: Flat, b: Flat): Flat {
  const data = new Float64Array(W.rows * A.cols);
  for (let i = 0; i < W.rows; i++) {
    for (let j = 0; j < A.cols; j++) {
      let s = b.data[i]!;
      for (let k = 0; k < W.cols; k++) s += W.data[i * W.cols + k]! * A.data[k * A.cols + j]!;
      data[i * A.cols + j] = s;
    }
  }
  return { rows: W.rows, cols: A.cols, data };
}

/** P·Qᵀ */
export function matmulT(P: Flat, Q: Flat): Flat {
  const data = new Float64Array(P.rows * Q.rows);
  for (let i = 0; i < P.rows; i++) {
    for (let j = 0; j < Q.rows; j++) {
      let s = 0;
      for (let k = 0; k < P.cols; k++) s += P.data[i * P.cols + k]! * Q.data[j * Q.cols + k]!;
      data[i * Q.rows + j] = s;
    }
  }
  return { rows: P.rows, cols: Q.rows, data };
}

/** Pᵀ·Q */
export function matmulTN(P: Flat, Q: Flat): Flat {
  const data = new Float64Array(P.cols * Q.cols);
  for (let i = 0; i < P.cols; i++) {
    for (let j = 0; j < Q.cols; j++) {
      let s = 0;
      for (let k = 0; k < P.rows; k++) s += P.data[k * P.cols + i]! * Q.data[k * Q.cols + j]!;
      data[i * Q.cols + j] = s;
    }
  }
  return { rows: P.cols, cols: Q.cols, data };
}
