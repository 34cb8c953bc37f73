import { Matrix } from "ml-matrix";

export class Linear {
  static forward(W: Matrix, A: Matrix, b: Matrix): Matrix {
    return W.mmul(A).addColumnVector(b);
  }

  static backward(dZ: Matrix, A: Matrix): { dW: Matrix; db: Matrix } {
    const m = dZ.columns;
    return {
      dW: dZ.mmul(A.transpose()).div(m),
      db: Matrix.columnVector(dZ.sum("row")).div(m),
    };
  }

  static pull(W: Matrix, dZ: Matrix): Matrix {
    return W.transpose().mmul(dZ);
  }
}
