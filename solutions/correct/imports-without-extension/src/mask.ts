import { Matrix } from "ml-matrix"

export class Mask {
  readonly matrix: Matrix

  constructor(matrix: Matrix) {
    this.matrix = matrix
  }

  static draw(rows: number, columns: number, keep_prob: number, rng: () => number): Mask {
    const D = Matrix.zeros(rows, columns)
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        D.set(i, j, Number(rng() < keep_prob))
      }
    }
    return new Mask(D)
  }

  over(M: Matrix): Matrix {
    return Matrix.mul(M, this.matrix)
  }
}
