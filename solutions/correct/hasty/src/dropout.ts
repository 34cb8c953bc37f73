import { Matrix } from "ml-matrix"
const ap = (m: any, f: any) => new Matrix(m.to2DArray().map((r: any) => r.map((v: any) => f(v))))
const sg = (z: any) => 1/(1+Math.exp(-z))
const rl = (z: any) => z>0?z:0
const st = (z: any) => z>0?1:0
export function forward_propagation_with_dropout(X: any, parameters: any, keep_prob: any, rng: any = Math.random): any {
  let {W1,b1,W2,b2,W3,b3} = parameters
  let Z1 = W1.mmul(X).addColumnVector(b1)
  let A1 = ap(Z1, rl)
  let D1 = ap(A1, () => rng()<keep_prob?1:0)
  A1.mul(D1).div(keep_prob)
  let Z2 = W2.mmul(A1).addColumnVector(b2)
  let A2 = ap(Z2, rl)
  let D2 = ap(A2, () => rng()<keep_prob?1:0)
  A2.mul(D2).div(keep_prob)
  let Z3 = W3.mmul(A2).addColumnVector(b3)
  let A3 = ap(Z3, sg)
  return {A3, cache: {Z1,D1,A1,W1,b1,Z2,D2,A2,W2,b2,Z3,A3,W3,b3}}
}
export function backward_propagation_with_dropout(X: any, Y: any, cache: any, keep_prob: any): any {
  let {Z1,D1,A1,Z2,D2,A2,W2,A3,W3} = cache, m = X.columns
  let dZ3 = Matrix.sub(A3, Y)
  let dA2 = W3.transpose().mmul(dZ3).mul(D2).div(keep_prob), dZ2 = Matrix.mul(dA2, ap(Z2, st))
  let dA1 = W2.transpose().mmul(dZ2).mul(D1).div(keep_prob), dZ1 = Matrix.mul(dA1, ap(Z1, st))
  let w = (d: any, a: any) => d.mmul(a.transpose()).div(m), b = (d: any) => Matrix.columnVector(d.sum("row")).div(m)
  return {dZ3, dW3: w(dZ3,A2), db3: b(dZ3), dA2, dZ2, dW2: w(dZ2,A1), db2: b(dZ2), dA1, dZ1, dW1: w(dZ1,X), db1: b(dZ1)}
}
export function predict(X: any, p: any): any {
  return ap(forward_propagation_with_dropout(X, p, 1).A3, (a: any) => a>0.5?1:0)
}
