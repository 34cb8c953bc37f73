import { Matrix } from 'ml-matrix'

type P = { W1: Matrix, b1: Matrix, W2: Matrix, b2: Matrix, W3: Matrix, b3: Matrix }
type C = P & { Z1: Matrix, D1: Matrix, A1: Matrix, Z2: Matrix, D2: Matrix, A2: Matrix, Z3: Matrix, A3: Matrix }

// relu(d * z) = d * relu(z) for d in {0, 1}, so I mask Z, then relu, then rescale.
const clip = (Z: Matrix) => { const A = Z.clone(); for (const [i, j, z] of Z.entries()) A.set(i, j, z > 0 ? z : 0); return A }
const prob = (Z: Matrix) => { const A = Z.clone(); for (const [i, j, z] of Z.entries()) A.set(i, j, 1 / (1 + Math.exp(-z))); return A }
const active = (Z: Matrix) => { const A = Z.clone(); for (const [i, j, z] of Z.entries()) A.set(i, j, z > 0 ? 1 : 0); return A }
const colMean = (M: Matrix) => Matrix.columnVector(M.sum('row')).div(M.columns)

export function forward_propagation_with_dropout(X: Matrix, parameters: P, keep_prob: number, rng: () => number = Math.random): { A3: Matrix, cache: C } {
  const { W1, b1, W2, b2, W3, b3 } = parameters
  const flip = (Z: Matrix) => {
    const D = Matrix.ones(Z.rows, Z.columns)
    for (const [i, j] of Z.entries()) if (rng() > keep_prob) D.set(i, j, 0)
    return D
  }

  const Z1 = W1.mmul(X).addColumnVector(b1)
  const D1 = flip(Z1)
  const A1 = clip(Matrix.mul(Z1, D1)).div(keep_prob)

  const Z2 = W2.mmul(A1).addColumnVector(b2)
  const D2 = flip(Z2)
  const A2 = clip(Matrix.mul(Z2, D2)).div(keep_prob)

  const Z3 = W3.mmul(A2).addColumnVector(b3)
  const A3 = prob(Z3)
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } }
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: C, keep_prob: number) {
  const m = X.columns
  const dZ3 = Matrix.sub(cache.A3, Y)

  // backwards in the order the forward pass ran: scale, relu, mask
  const dA2 = cache.W3.transpose().mmul(dZ3)
  const dZ2 = Matrix.div(dA2, keep_prob).mul(active(cache.Z2)).mul(cache.D2)

  const dA1 = cache.W2.transpose().mmul(dZ2)
  const dZ1 = Matrix.div(dA1, keep_prob).mul(active(cache.Z1)).mul(cache.D1)

  return {
    dZ3, dW3: dZ3.mmul(cache.A2.transpose()).div(m), db3: colMean(dZ3),
    dA2, dZ2, dW2: dZ2.mmul(cache.A1.transpose()).div(m), db2: colMean(dZ2),
    dA1, dZ1, dW1: dZ1.mmul(X.transpose()).div(m), db1: colMean(dZ1),
  }
}

export function predict(X: Matrix, parameters: P) {
  const { W1, b1, W2, b2, W3, b3 } = parameters
  const A2 = clip(W2.mmul(clip(W1.mmul(X).addColumnVector(b1))).addColumnVector(b2))
  return active(W3.mmul(A2).addColumnVector(b3))
}
