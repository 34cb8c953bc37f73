import { Matrix } from "ml-matrix"

export type Parameters = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }

export function linear(W: Matrix, A: Matrix, b: Matrix) {
  return W.mmul(A).addColumnVector(b)
}

export function relu(Z: Matrix) {
  const A = Z.clone()
  for (let i = 0; i < A.rows; i++) for (let j = 0; j < A.columns; j++) if (A.get(i, j) < 0) A.set(i, j, 0)
  return A
}

export function reluBackward(dA: Matrix, Z: Matrix) {
  const dZ = dA.clone()
  for (let i = 0; i < Z.rows; i++) for (let j = 0; j < Z.columns; j++) if (Z.get(i, j) <= 0) dZ.set(i, j, 0)
  return dZ
}

export function sigmoid(Z: Matrix) {
  const A = Z.clone()
  for (let i = 0; i < A.rows; i++) for (let j = 0; j < A.columns; j++) A.set(i, j, 1 / (1 + Math.exp(-A.get(i, j))))
  return A
}

export function threshold(A: Matrix) {
  const L = A.clone()
  for (let i = 0; i < A.rows; i++) for (let j = 0; j < A.columns; j++) L.set(i, j, A.get(i, j) > 0.5 ? 1 : 0)
  return L
}

/** { dWl, dbl } for layer l */
export function layerGradients(l: number, dZ: Matrix, A: Matrix): Record<string, Matrix> {
  const m = dZ.columns
  return {
    [`dW${l}`]: dZ.mmul(A.transpose()).div(m),
    [`db${l}`]: Matrix.columnVector(dZ.sum("row")).div(m),
  }
}
