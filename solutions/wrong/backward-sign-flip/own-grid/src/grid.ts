/** A small grid of numbers in one typed array, row after row. */
export class Grid {
  readonly rows: number
  readonly cols: number
  readonly data: Float64Array

  constructor(rows: number, cols: number, data = new Float64Array(rows * cols)) {
    this.rows = rows
    this.cols = cols
    this.data = data
  }

  static from(source: { to2DArray(): number[][] }): Grid {
    const rows = source.to2DArray()
    const grid = new Grid(rows.length, rows[0]!.length)
    rows.forEach((row, i) => grid.data.set(row, i * grid.cols))
    return grid
  }

  zip(other: Grid, f: (a: number, b: number) => number): Grid {
    return new Grid(
      this.rows,
      this.cols,
      this.data.map((a, i) => f(a, other.data[i]!)),
    )
  }

  map(f: (a: number) => number): Grid {
    return new Grid(
      this.rows,
      this.cols,
      this.data.map((a) => f(a)),
    )
  }

  matmul(other: Grid): Grid {
    const out = new Grid(this.rows, other.cols)
    for (let i = 0; i < this.rows; i++) {
      for (let k = 0; k < this.cols; k++) {
        const a = this.data[i * this.cols + k]!
        for (let j = 0; j < other.cols; j++) {
          out.data[i * other.cols + j]! += a * other.data[k * other.cols + j]!
        }
      }
    }
    return out
  }

  get T(): Grid {
    const out = new Grid(this.cols, this.rows)
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < this.cols; j++) out.data[j * this.rows + i] = this.data[i * this.cols + j]!
    }
    return out
  }

  plusColumn(b: Grid): Grid {
    return new Grid(
      this.rows,
      this.cols,
      this.data.map((a, i) => a + b.data[Math.floor(i / this.cols)]!),
    )
  }

  rowMeans(): Grid {
    const out = new Grid(this.rows, 1)
    this.data.forEach((a, i) => (out.data[Math.floor(i / this.cols)]! += a / this.cols))
    return out
  }

  toRows(): number[][] {
    return Array.from({ length: this.rows }, (_, i) =>
      Array.from(this.data.subarray(i * this.cols, (i + 1) * this.cols)),
    )
  }
}
