import { Matrix } from "ml-matrix";

type Cell = { i: number; j: number };

/** All cells of a rows x columns grid, for `for ... of`. */
class Grid implements Iterable<Cell> {
  readonly rows: number;
  readonly columns: number;

  constructor(M: { rows: number; columns: number }) {
    this.rows = M.rows;
    this.columns = M.columns;
  }

  [Symbol.iterator](): Iterator<Cell> {
    const { rows, columns } = this;
    let k = 0;
    return {
      next: () => {
        if (k >= rows * columns) return { done: true, value: undefined };
        const cell = { i: Math.floor(k / columns), j: k % columns };
        k += 1;
        return { done: false, value: cell };
      },
    };
  }

  fill(f: (i: number, j: number) => number): Matrix {
    const M = new Matrix(this.rows, this.columns);
    for (const { i, j } of this) M.set(i, j, f(i, j));
    return M;
  }

  get size(): number {
    return this.rows * this.columns;
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }
}

type T = Record<string, Matrix>;

function hiddenLayer(W: Matrix, A: Matrix, b: Matrix, keep_prob: number, rng: () => number) {
  const Z = W.mmul(A).addColumnVector(b);
  const grid = new Grid(Z);
  if (grid.isEmpty) throw new RangeError("empty layer");
  const D = grid.fill(() => (rng() < keep_prob ? 1 : 0));
  const out = grid.fill((i, j) => (D.get(i, j) === 1 ? Math.max(0, Z.get(i, j)) / keep_prob : 0));
  return { Z, D, out };
}

export function forward_propagation_with_dropout(X: Matrix, parameters: T, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const { Z: Z1, D: D1, out: A1 } = hiddenLayer(W1, X, b1, keep_prob, rng);
  const { Z: Z2, D: D2, out: A2 } = hiddenLayer(W2, A1, b2, keep_prob, rng);
  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = new Grid(Z3).fill((i, j) => 1 / (1 + Math.exp(-Z3.get(i, j))));
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: T, keep_prob: number) {
  const m = X.columns;
  const dZ3 = new Grid(Y).fill((i, j) => cache.A3.get(i, j) - Y.get(i, j));

  const G2 = cache.W3.transpose().mmul(dZ3);
  const dA2 = new Grid(G2).fill((i, j) => (G2.get(i, j) * cache.D2.get(i, j)) / keep_prob);
  const dZ2 = new Grid(G2).fill((i, j) => (cache.Z2.get(i, j) > 0 ? dA2.get(i, j) : 0));

  const G1 = cache.W2.transpose().mmul(dZ2);
  const dA1 = new Grid(G1).fill((i, j) => (G1.get(i, j) * cache.D1.get(i, j)) / keep_prob);
  const dZ1 = new Grid(G1).fill((i, j) => (cache.Z1.get(i, j) > 0 ? dA1.get(i, j) : 0));

  const dW = (dZ: Matrix, A: Matrix) => {
    const g = Matrix.zeros(dZ.rows, A.rows);
    for (const { i, j } of new Grid(g)) {
      let sum = 0;
      for (let e = 0; e < m; e++) sum += dZ.get(i, e) * A.get(j, e);
      g.set(i, j, sum / m);
    }
    return g;
  };
  const db = (dZ: Matrix) => {
    const g = Matrix.zeros(dZ.rows, 1);
    for (const { i, j } of new Grid(dZ)) g.set(i, 0, g.get(i, 0) + dZ.get(i, j) / m);
    return g;
  };

  return {
    dZ3, dW3: dW(dZ3, cache.A2), db3: db(dZ3),
    dA2, dZ2, dW2: dW(dZ2, cache.A1), db2: db(dZ2),
    dA1, dZ1, dW1: dW(dZ1, X), db1: db(dZ1),
  };
}

export function predict(X: Matrix, parameters: T) {
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  return new Grid(A3).fill((i, j) => (A3.get(i, j) > 0.5 ? 1 : 0));
}
