import { Matrix } from "ml-matrix";

type Unary = (x: number) => number;

/** Elementwise helpers; none of them changes its arguments. */
export namespace ops {
  export function map(M: Matrix, f: Unary): Matrix {
    const R = Matrix.zeros(M.rows, M.columns);
    for (let i = 0; i < M.rows; i++) {
      for (let j = 0; j < M.columns; j++) R.set(i, j, f(M.get(i, j)));
    }
    return R;
  }

  export const times = (A: Matrix, B: Matrix): Matrix => A.clone().mul(B);
  export const relu = (Z: Matrix): Matrix => map(Z, (z) => (z < 0 ? 0 : z));
  export const step = (Z: Matrix): Matrix => map(Z, (z) => (z > 0 ? 1 : 0));
  export const sigmoid = (Z: Matrix): Matrix => map(Z, (z) => 1 / (1 + Math.exp(-z)));
  export const affine = (W: Matrix, A: Matrix, b: Matrix): Matrix => W.mmul(A).addColumnVector(b);
  export const meanRows = (M: Matrix): Matrix => Matrix.columnVector(M.mean("row"));
}
