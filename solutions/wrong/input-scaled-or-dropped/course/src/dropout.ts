import { Matrix } from 'ml-matrix'
import type { Cache, Gradients, Parameters, Rng } from './types.ts'

function relu(Z: Matrix): Matrix {
  return Matrix.max(Z, Matrix.zeros(Z.rows, Z.columns))
}

function sigmoid(Z: Matrix): Matrix {
  return Matrix.mul(Z, -1).exp().add(1).pow(-1)
}

function linear(W: Matrix, A: Matrix, b: Matrix): Matrix {
  return W.mmul(A).addColumnVector(b)
}

/** LINEAR -> RELU + DROPOUT -> LINEAR -> RELU + DROPOUT -> LINEAR -> SIGMOID */
export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Parameters,
  keep_prob: number,
  rng: Rng = Math.random,
): { A3: Matrix; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters

  // dropout on the input layer
  let D0 = Matrix.random(X.rows, X.columns, { random: rng })
  D0 = D0.apply((i, j) => D0.set(i, j, D0.get(i, j) < keep_prob ? 1 : 0))
  const A0 = Matrix.mul(X, D0).div(keep_prob)

  const Z1 = linear(W1, A0, b1)
  let A1 = relu(Z1)
  // Step 1: random matrix with the shape of A1
  let D1 = Matrix.random(A1.rows, A1.columns, { random: rng })
  // Step 2: entries to 0 or 1
  D1 = D1.apply((i, j) => D1.set(i, j, D1.get(i, j) < keep_prob ? 1 : 0))
  // Step 3: shut down some neurons of A1
  A1 = Matrix.mul(A1, D1)
  // Step 4: scale the neurons that are left
  A1 = Matrix.div(A1, keep_prob)

  const Z2 = linear(W2, A1, b2)
  let A2 = relu(Z2)
  // Step 1: random matrix with the shape of A2
  let D2 = Matrix.random(A2.rows, A2.columns, { random: rng })
  // Step 2: entries to 0 or 1
  D2 = D2.apply((i, j) => D2.set(i, j, D2.get(i, j) < keep_prob ? 1 : 0))
  // Step 3: shut down some neurons of A2
  A2 = Matrix.mul(A2, D2)
  // Step 4: scale the neurons that are left
  A2 = Matrix.div(A2, keep_prob)

  const Z3 = linear(W3, A2, b3)
  const A3 = sigmoid(Z3)

  const cache = { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 }
  return { A3, cache }
}

function sumRows(M: Matrix): Matrix {
  return Matrix.columnVector(M.sum('row'))
}

function positive(Z: Matrix): Matrix {
  const P = Matrix.zeros(Z.rows, Z.columns)
  return P.apply((i, j) => P.set(i, j, Z.get(i, j) > 0 ? 1 : 0))
}

export function backward_propagation_with_dropout(
  X: Matrix,
  Y: Matrix,
  cache: Cache,
  keep_prob: number,
): Gradients {
  const m = X.columns
  const { D1, A1, D2, A2, W2, A3, W3 } = cache

  const dZ3 = Matrix.sub(A3, Y)
  const dW3 = dZ3.mmul(A2.transpose()).div(m)
  const db3 = sumRows(dZ3).div(m)

  let dA2 = W3.transpose().mmul(dZ3)
  dA2 = Matrix.mul(dA2, D2)
  dA2 = Matrix.div(dA2, keep_prob)
  const dZ2 = Matrix.mul(dA2, positive(A2))
  const dW2 = dZ2.mmul(A1.transpose()).div(m)
  const db2 = sumRows(dZ2).div(m)

  let dA1 = W2.transpose().mmul(dZ2)
  dA1 = Matrix.mul(dA1, D1)
  dA1 = Matrix.div(dA1, keep_prob)
  const dZ1 = Matrix.mul(dA1, positive(A1))
  const dW1 = dZ1.mmul(X.transpose()).div(m)
  const db1 = sumRows(dZ1).div(m)

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 }
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const { W1, b1, W2, b2, W3, b3 } = parameters
  const A1 = relu(linear(W1, X, b1))
  const A2 = relu(linear(W2, A1, b2))
  const A3 = sigmoid(linear(W3, A2, b3))
  const labels = Matrix.zeros(1, X.columns)
  for (let j = 0; j < X.columns; j++) {
    labels.set(0, j, A3.get(0, j) > 0.5 ? 1 : 0)
  }
  return labels
}
