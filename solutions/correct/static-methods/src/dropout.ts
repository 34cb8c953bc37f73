import { Matrix } from "ml-matrix";

type Rng = () => number;

/** Coming from Java: a final class with nothing but static methods. */
export class Dropout {
  private static relu(Z: Matrix): Matrix {
    const A: Matrix = new Matrix(Z.rows, Z.columns);
    for (let row: number = 0; row < Z.rows; row++) {
      for (let col: number = 0; col < Z.columns; col++) {
        const value: number = Z.get(row, col);
        A.set(row, col, value > 0.0 ? value : 0.0);
      }
    }
    return A;
  }

  private static sigmoid(Z: Matrix): Matrix {
    const A: Matrix = new Matrix(Z.rows, Z.columns);
    for (let row: number = 0; row < Z.rows; row++) {
      for (let col: number = 0; col < Z.columns; col++) {
        A.set(row, col, 1.0 / (1.0 + Math.exp(-Z.get(row, col))));
      }
    }
    return A;
  }

  private static createMask(rows: number, columns: number, keepProb: number, rng: Rng): Matrix {
    const mask: Matrix = new Matrix(rows, columns);
    for (let row: number = 0; row < rows; row++) {
      for (let col: number = 0; col < columns; col++) {
        const keep: boolean = rng() < keepProb;
        mask.set(row, col, keep ? 1.0 : 0.0);
      }
    }
    return mask;
  }

  private static applyMask(M: Matrix, mask: Matrix, keepProb: number): Matrix {
    return Matrix.mul(M, mask).div(keepProb);
  }

  static forward(X: Matrix, parameters: any, keepProb: number, rng: Rng = Math.random) {
    const { W1, b1, W2, b2, W3, b3 } = parameters;
    const Z1: Matrix = W1.mmul(X).addColumnVector(b1);
    const D1: Matrix = Dropout.createMask(Z1.rows, Z1.columns, keepProb, rng);
    const A1: Matrix = Dropout.applyMask(Dropout.relu(Z1), D1, keepProb);
    const Z2: Matrix = W2.mmul(A1).addColumnVector(b2);
    const D2: Matrix = Dropout.createMask(Z2.rows, Z2.columns, keepProb, rng);
    const A2: Matrix = Dropout.applyMask(Dropout.relu(Z2), D2, keepProb);
    const Z3: Matrix = W3.mmul(A2).addColumnVector(b3);
    const A3: Matrix = Dropout.sigmoid(Z3);
    return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
  }

  private static reluGradient(dA: Matrix, Z: Matrix): Matrix {
    const dZ: Matrix = new Matrix(Z.rows, Z.columns);
    for (let row: number = 0; row < Z.rows; row++) {
      for (let col: number = 0; col < Z.columns; col++) {
        if (Z.get(row, col) > 0.0) {
          dZ.set(row, col, dA.get(row, col));
        }
      }
    }
    return dZ;
  }

  static backward(X: Matrix, Y: Matrix, cache: any, keepProb: number) {
    const m: number = X.columns;
    const dZ3: Matrix = Matrix.sub(cache.A3, Y);
    const dW3: Matrix = dZ3.mmul(cache.A2.transpose()).div(m);
    const db3: Matrix = Matrix.columnVector(dZ3.sum("row")).div(m);
    const dA2: Matrix = Dropout.applyMask(cache.W3.transpose().mmul(dZ3), cache.D2, keepProb);
    const dZ2: Matrix = Dropout.reluGradient(dA2, cache.Z2);
    const dW2: Matrix = dZ2.mmul(cache.A1.transpose()).div(m);
    const db2: Matrix = Matrix.columnVector(dZ2.sum("row")).div(m);
    const dA1: Matrix = Dropout.applyMask(cache.W2.transpose().mmul(dZ2), cache.D1, keepProb);
    const dZ1: Matrix = Dropout.reluGradient(dA1, cache.Z1);
    const dW1: Matrix = dZ1.mmul(X.transpose()).div(m);
    const db1: Matrix = Matrix.columnVector(dZ1.sum("row")).div(m);
    return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
  }

  static predict(X: Matrix, parameters: any): Matrix {
    const A3: Matrix = Dropout.forward(X, parameters, 1.0).A3;
    const labels: Matrix = new Matrix(1, A3.columns);
    for (let col: number = 0; col < A3.columns; col++) {
      labels.set(0, col, A3.get(0, col) > 0.5 ? 1.0 : 0.0);
    }
    return labels;
  }
}

export const forward_propagation_with_dropout = Dropout.forward;
export const backward_propagation_with_dropout = Dropout.backward;
export const predict = Dropout.predict;
