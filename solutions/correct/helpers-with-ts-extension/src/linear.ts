import { Matrix } from "ml-matrix";

export const affine = (W: Matrix, A: Matrix, b: Matrix) => W.mmul(A).addColumnVector(b);
export const rowMeans = (M: Matrix) => Matrix.columnVector(M.mean("row"));
