/** A two-dimensional array on one flat, strided buffer. Immutable from the outside. */
export class NDArray {
  private readonly data: Float64Array;
  readonly shape: readonly [number, number];
  private readonly strides: readonly [number, number];

  private constructor(data: Float64Array, shape: readonly [number, number], strides: readonly [number, number]) {
    this.data = data;
    this.shape = shape;
    this.strides = strides;
  }

  static build(shape: readonly [number, number], f: (i: number, j: number) => number): NDArray {
    const [rows, columns] = shape;
    const data = new Float64Array(rows * columns);
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) data[i * columns + j] = f(i, j);
    return new NDArray(data, [rows, columns], [columns, 1]);
  }

  static from(rows: number[][]): NDArray {
    return NDArray.build([rows.length, rows[0].length], (i, j) => rows[i][j]);
  }

  static random(shape: readonly [number, number], rng: () => number): NDArray {
    return NDArray.build(shape, () => rng());
  }

  at(i: number, j: number): number {
    return this.data[i * this.strides[0] + j * this.strides[1]];
  }

  /** A view: nothing is copied, only the strides change places. */
  get T(): NDArray {
    return new NDArray(this.data, [this.shape[1], this.shape[0]], [this.strides[1], this.strides[0]]);
  }

  toRows(): number[][] {
    const [rows, columns] = this.shape;
    return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => this.at(i, j)));
  }

  dot(other: NDArray): NDArray {
    return NDArray.build([this.shape[0], other.shape[1]], (i, j) => {
      let s = 0;
      for (let k = 0; k < this.shape[1]; k++) s += this.at(i, k) * other.at(k, j);
      return s;
    });
  }

  /** Element by element; a dimension of size 1 is stretched, as in NumPy. */
  private zip(other: NDArray, f: (a: number, b: number) => number): NDArray {
    return NDArray.build(this.shape, (i, j) =>
      f(this.at(i, j), other.at(other.shape[0] === 1 ? 0 : i, other.shape[1] === 1 ? 0 : j)),
    );
  }

  private map(f: (a: number) => number): NDArray {
    return NDArray.build(this.shape, (i, j) => f(this.at(i, j)));
  }

  plus(other: NDArray): NDArray { return this.zip(other, (a, b) => a + b); }
  minus(other: NDArray): NDArray { return this.zip(other, (a, b) => a - b); }
  times(other: NDArray): NDArray { return this.zip(other, (a, b) => a * b); }
  over(s: number): NDArray { return this.map((a) => a / s); }
  lt(s: number): NDArray { return this.map((a) => (a < s ? 1 : 0)); }
  gt(s: number): NDArray { return this.map((a) => (a > s ? 1 : 0)); }
  relu(): NDArray { return this.map((a) => (a > 0 ? a : 0)); }
  sigmoid(): NDArray { return this.map((a) => 1 / (1 + Math.exp(-a))); }

  sumRows(): NDArray {
    return NDArray.build([this.shape[0], 1], (i) => {
      let s = 0;
      for (let j = 0; j < this.shape[1]; j++) s += this.at(i, j);
      return s;
    });
  }
}
