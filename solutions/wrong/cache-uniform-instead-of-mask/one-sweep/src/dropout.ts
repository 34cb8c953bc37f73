import { Matrix } from "ml-matrix"

type P = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }
type C = P & { Z1: Matrix; D1: Matrix; A1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; Z3: Matrix; A3: Matrix }

function linear(W: Matrix, A: Matrix, b: Matrix): Matrix {
  const Z = W.mmul(A)
  return Z.addColumnVector(b)
}

function sigmoid(Z: Matrix): Matrix {
  const S = Z.clone()
  S.apply((r, c) => S.set(r, c, 1 / (1 + Math.exp(-Z.get(r, c)))))
  return S
}

/* relu and dropout in one sweep */
function reluDrop(Z: Matrix, keep_prob: number, rng: () => number): [Matrix, Matrix] {
  const A = Matrix.zeros(Z.rows, Z.columns)
  const D = Matrix.zeros(Z.rows, Z.columns)
  for (let c = 0; c < Z.columns; c++) {
    for (let r = 0; r < Z.rows; r++) {
      const u = rng()
      D.set(r, c, u)
      A.set(r, c, u < keep_prob ? Math.max(0, Z.get(r, c)) / keep_prob : 0)
    }
  }
  return [A, D]
}

export function forward_propagation_with_dropout(X: Matrix, parameters: P, keep_prob: number, rng: () => number = Math.random): { A3: Matrix; cache: C } {
  const { W1, b1, W2, b2, W3, b3 } = parameters
  const Z1 = linear(W1, X, b1)
  const [A1, D1] = reluDrop(Z1, keep_prob, rng)
  const Z2 = linear(W2, A1, b2)
  const [A2, D2] = reluDrop(Z2, keep_prob, rng)
  const Z3 = linear(W3, A2, b3)
  const A3 = sigmoid(Z3)
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } }
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: C, keep_prob: number) {
  const m = X.columns
  const sumRows = (M: Matrix) => Matrix.columnVector(M.sum("row")).div(m)
  // through the dropout, then through the relu
  const back = (dA: Matrix, D: Matrix, A: Matrix): [Matrix, Matrix] => {
    const g = dA.mul(D).div(keep_prob)
    const dZ = g.clone()
    dZ.apply((r, c) => { if (A.get(r, c) <= 0) dZ.set(r, c, 0) })
    return [g, dZ]
  }
  const dZ3 = Matrix.sub(cache.A3, Y)
  const [dA2, dZ2] = back(cache.W3.transpose().mmul(dZ3), cache.D2, cache.A2)
  const [dA1, dZ1] = back(cache.W2.transpose().mmul(dZ2), cache.D1, cache.A1)
  return {
    dZ3, dW3: dZ3.mmul(cache.A2.transpose()).div(m), db3: sumRows(dZ3),
    dA2, dZ2, dW2: dZ2.mmul(cache.A1.transpose()).div(m), db2: sumRows(dZ2),
    dA1, dZ1, dW1: dZ1.mmul(X.transpose()).div(m), db1: sumRows(dZ1),
  }
}

export function predict(X: Matrix, parameters: P): Matrix {
  const { W1, b1, W2, b2, W3, b3 } = parameters
  const relu = (Z: Matrix) => Z.apply((r, c) => { if (Z.get(r, c) < 0) Z.set(r, c, 0) })
  const H1 = relu(linear(W1, X, b1))
  const H2 = relu(linear(W2, H1, b2))
  const P3 = sigmoid(linear(W3, H2, b3))
  return P3.apply((r, c) => { P3.set(r, c, P3.get(r, c) > 0.5 ? 1 : 0) })
}
