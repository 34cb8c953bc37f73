import { Matrix } from "ml-matrix";

/** Where does np.where(u >= keep_prob) point? */
function whereDropped(rows: number, columns: number, keep_prob: number, rng: () => number): [number, number][] {
  const list: [number, number][] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      if (rng() >= keep_prob) list.push([i, j]);
    }
  }
  return list;
}

/** M[index] = 0, in place */
function zeroAt(M: Matrix, index: [number, number][]): Matrix {
  index.forEach(([i, j]) => M.set(i, j, 0));
  return M;
}

function indicesWhere(M: Matrix, test: (x: number) => boolean): [number, number][] {
  return [...M.entries()].filter(([, , x]) => test(x)).map(([i, j]) => [i, j]);
}

const isNotPositive = (x: number) => x <= 0;

function sigmoid(Z: Matrix): Matrix {
  const A = Matrix.ones(Z.rows, Z.columns);
  return A.div(Matrix.exp(Matrix.mul(Z, -1)).add(1));
}

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1: Matrix = W1.mmul(X).addColumnVector(b1);
  const dropped1 = whereDropped(Z1.rows, Z1.columns, keep_prob, rng);
  const A1 = zeroAt(zeroAt(Z1.clone(), indicesWhere(Z1, isNotPositive)), dropped1);
  A1.div(keep_prob);
  const D1 = zeroAt(Matrix.ones(Z1.rows, Z1.columns), dropped1);

  const Z2: Matrix = W2.mmul(A1).addColumnVector(b2);
  const dropped2 = whereDropped(Z2.rows, Z2.columns, keep_prob, rng);
  const A2 = zeroAt(zeroAt(Z2.clone(), indicesWhere(Z2, isNotPositive)), dropped2);
  A2.div(keep_prob);
  const D2 = zeroAt(Matrix.ones(Z2.rows, Z2.columns), dropped2);

  const Z3: Matrix = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const m = X.columns;
  const isZero = (d: number) => d === 0;

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dW3 = dZ3.mmul(cache.A2.transpose()).div(m);
  const db3 = Matrix.columnVector(dZ3.sum("row")).div(m);

  const dA2: Matrix = zeroAt(cache.W3.transpose().mmul(dZ3), indicesWhere(cache.D2, isZero)).div(keep_prob);
  const dZ2 = zeroAt(dA2.clone(), indicesWhere(cache.Z2, isNotPositive));
  const dW2 = dZ2.mmul(cache.A1.transpose()).div(m);
  const db2 = Matrix.columnVector(dZ2.sum("row")).div(m);

  const dA1: Matrix = zeroAt(cache.W2.transpose().mmul(dZ2), indicesWhere(cache.D1, isZero)).div(keep_prob);
  const dZ1 = zeroAt(dA1.clone(), indicesWhere(cache.Z1, isNotPositive));
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  const db1 = Matrix.columnVector(dZ1.sum("row")).div(m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: any) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const H1 = W1.mmul(X).addColumnVector(b1);
  zeroAt(H1, indicesWhere(H1, isNotPositive));
  const H2 = W2.mmul(H1).addColumnVector(b2);
  zeroAt(H2, indicesWhere(H2, isNotPositive));
  const out = sigmoid(W3.mmul(H2).addColumnVector(b3));
  return zeroAt(Matrix.ones(1, X.columns), indicesWhere(out, (p) => !(p > 0.5)));
}
