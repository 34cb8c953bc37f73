import { Matrix as M } from "ml-matrix";
type P = { [k in "W1" | "b1" | "W2" | "b2" | "W3" | "b3"]: M };
type C = P & { [k in "Z1" | "D1" | "A1" | "Z2" | "D2" | "A2" | "Z3" | "A3"]: M };
const f = (m: M, g: (x: number) => number) => new M(m.to2DArray().map((r) => r.map((x) => g(x))));
const lin = (W: M, A: M, b: M) => W.mmul(A).addColumnVector(b);
const relu = (m: M) => f(m, (x) => Math.max(0, x));
const pos = (m: M) => f(m, (x) => +(x > 0));
const sig = (m: M) => f(m, (x) => 1 / (1 + Math.exp(-x)));

export function forward_propagation_with_dropout(X: M, { W1, b1, W2, b2, W3, b3 }: P, keep_prob: number, rng = Math.random) {
  const toss = (m: M) => f(m, () => Math.floor(rng() + keep_prob));
  const Z1 = lin(W1, X, b1), D1 = toss(Z1), A1 = relu(Z1).mul(D1).div(keep_prob);
  const Z2 = lin(W2, A1, b2), D2 = toss(Z2), A2 = relu(Z2).mul(D2).div(keep_prob);
  const Z3 = lin(W3, A2, b3), A3 = sig(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: M, Y: M, c: C, keep_prob: number) {
  const m = X.columns;
  const lambda = 0.7;
  const dW = (dZ: M, A: M, W: M) => dZ.mmul(A.transpose()).add(M.mul(W, lambda)).div(m);
  const db = (dZ: M) => M.columnVector(dZ.sum("row")).div(m);
  const dZ3 = M.sub(c.A3, Y);
  const dA2 = c.W3.transpose().mmul(dZ3).mul(c.D2).div(keep_prob);
  const dZ2 = M.mul(dA2, pos(c.Z2));
  const dA1 = c.W2.transpose().mmul(dZ2).mul(c.D1).div(keep_prob);
  const dZ1 = M.mul(dA1, pos(c.Z1));
  return {
    dZ3, dW3: dW(dZ3, c.A2, c.W3), db3: db(dZ3),
    dA2, dZ2, dW2: dW(dZ2, c.A1, c.W2), db2: db(dZ2),
    dA1, dZ1, dW1: dW(dZ1, X, c.W1), db1: db(dZ1),
  };
}

export const predict = (X: M, { W1, b1, W2, b2, W3, b3 }: P) =>
  f(lin(W3, relu(lin(W2, relu(lin(W1, X, b1)), b2)), b3), (z) => (z > 0 ? 1 : 0));
