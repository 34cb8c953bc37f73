import { Matrix } from 'ml-matrix'

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: any,
  keep_prob: number,
  rng: () => number = Math.random,
) {
  const { W1, b1, W2, b2, W3, b3 } = parameters as Record<string, Matrix>

  const D1 = Matrix.rand(W1.rows, X.columns, { random: rng })
  for (let i = 0; i < D1.rows; i++)
    for (let j = 0; j < D1.columns; j++) D1.set(i, j, +(D1.get(i, j) < keep_prob))
  const D2 = Matrix.rand(W2.rows, X.columns, { random: rng })
  for (let i = 0; i < D2.rows; i++)
    for (let j = 0; j < D2.columns; j++) D2.set(i, j, +(D2.get(i, j) < keep_prob))

  const Z1 = W1.mmul(X).addColumnVector(b1)
  const A1 = Z1.clone()
  A1.mul(Matrix.sign(Z1).add(1).div(2)) // relu
  A1.mul(D1)
  A1.div(keep_prob)

  const Z2 = W2.mmul(A1).addColumnVector(b2)
  const A2 = Z2.clone()
  A2.mul(Matrix.sign(Z2).add(1).div(2)) // relu
  A2.mul(D2)
  A2.div(keep_prob)

  const Z3 = W3.mmul(A2).addColumnVector(b3)
  const A3 = Z3.clone().neg().exp().add(1).pow(-1) // sigmoid

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } }
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache as Record<string, Matrix>
  const m = X.columns

  const dZ3 = A3.clone().sub(Y)
  const dW3 = dZ3.mmul(A2.transpose()).div(m)
  const db3 = Matrix.columnVector(dZ3.sum('column')).div(m)

  const dA2 = W3.transpose().mmul(dZ3)
  dA2.mul(D2)
  dA2.div(keep_prob)
  const dZ2 = dA2.clone()
  dZ2.mul(Matrix.sign(Z2).add(1).div(2))
  const dW2 = dZ2.mmul(A1.transpose()).div(m)
  const db2 = Matrix.columnVector(dZ2.sum('column')).div(m)

  const dA1 = W2.transpose().mmul(dZ2)
  dA1.mul(D1)
  dA1.div(keep_prob)
  const dZ1 = dA1.clone()
  dZ1.mul(Matrix.sign(Z1).add(1).div(2))
  const dW1 = dZ1.mmul(X.transpose()).div(m)
  const db1 = Matrix.columnVector(dZ1.sum('column')).div(m)

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 }
}

export function predict(X: Matrix, parameters: any) {
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1.0)
  return Matrix.round(A3)
}
