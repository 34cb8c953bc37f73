import { Matrix } from "ml-matrix"
import * as nn from "./nn"
import { Mask } from "./mask"

export function forward_propagation_with_dropout(X: Matrix, parameters: nn.Parameters, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters

  const Z1 = nn.linear(W1, X, b1)
  const mask1 = Mask.draw(Z1.rows, Z1.columns, keep_prob, rng)
  const A1 = mask1.over(nn.relu(Z1)).div(keep_prob)

  const Z2 = nn.linear(W2, A1, b2)
  const mask2 = Mask.draw(Z2.rows, Z2.columns, keep_prob, rng)
  const A2 = mask2.over(nn.relu(Z2)).div(keep_prob)

  const Z3 = nn.linear(W3, A2, b3)
  const A3 = nn.sigmoid(Z3)

  return { A3, cache: { Z1, D1: mask1.matrix, A1, W1, b1, Z2, D2: mask2.matrix, A2, W2, b2, Z3, A3, W3, b3 } }
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
  const dZ3 = Matrix.sub(cache.A3, Y)

  const dA2 = new Mask(cache.D2).over(cache.W3.transpose().mmul(dZ3)).div(keep_prob)
  const dZ2 = nn.reluBackward(dA2, cache.Z2)

  const dA1 = new Mask(cache.D1).over(cache.W2.transpose().mmul(dZ2)).div(keep_prob)
  const dZ1 = nn.reluBackward(dA1, cache.Z1)

  return {
    dZ3, ...nn.layerGradients(3, dZ3, cache.A2),
    dA2, dZ2, ...nn.layerGradients(2, dZ2, cache.A1),
    dA1, dZ1, ...nn.layerGradients(1, dZ1, X),
  }
}

export const predict = (X: Matrix, p: nn.Parameters) =>
  nn.threshold(nn.sigmoid(nn.linear(p.W3, nn.relu(nn.linear(p.W2, nn.relu(nn.linear(p.W1, X, p.b1)), p.b2)), p.b3)))
