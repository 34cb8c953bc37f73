import { Matrix as M } from "ml-matrix";

const rl = (z: M) => M.max(z, M.zeros(z.rows, z.columns));
const sg = (z: M) => M.mul(z, -1).exp().add(1).pow(-1);
const ff = (w: M, a: M, b: M) => w.mmul(a).addColumnVector(b);
const sum = (d: M) => M.columnVector(d.sum("row"));

// 0/1 mask, same size as a
function msk(a: M, k: number, r: () => number) {
  const d = M.random(a.rows, a.columns, { random: r });
  for (let i = 0; i < d.rows; i++) for (let j = 0; j < d.columns; j++) d.set(i, j, +(d.get(i, j) < k));
  return d;
}

export function forward_propagation_with_dropout(X: M, p: any, keep_prob: number, rng = Math.random) {
  const Z1 = ff(p.W1, X, p.b1);
  const H1 = rl(Z1), D1 = msk(H1, keep_prob, rng);
  const A1 = M.mul(H1, D1).div(keep_prob);
  const Z2 = ff(p.W2, A1, p.b2);
  const H2 = rl(Z2), D2 = msk(H2, keep_prob, rng);
  const A2 = M.mul(H2, D2).div(keep_prob);
  const Z3 = ff(p.W3, A2, p.b3);
  const A3 = sg(Z3);
  return { A3, cache: { ...p, Z1, D1, A1, Z2, D2, A2, Z3, A3 } };
}

export function backward_propagation_with_dropout(X: M, Y: M, c: any, keep_prob: number) {
  const m = Y.columns;
  const on = (g: M, z: M) => g.clone().apply(function (i, j) { if (!(z.get(i, j) > 0)) this.set(i, j, 0); });
  const dZ3 = M.sub(c.A3, Y), dW3 = dZ3.mmul(c.A2.transpose()).div(m), db3 = sum(dZ3).div(m);
  const dA2 = c.W3.transpose().mmul(dZ3).mul(c.D2).div(keep_prob), dZ2 = on(dA2, c.Z2);
  const dW2 = dZ2.mmul(c.A1.transpose()).div(m), db2 = sum(dZ2).div(m);
  const dA1 = c.W2.transpose().mmul(dZ2).mul(c.D1).div(keep_prob), dZ1 = on(dA1, c.Z1);
  const dW1 = dZ1.mmul(X.transpose()).div(m), db1 = sum(dZ1).div(m);
  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: M, p: any) {
  p.A1 = rl(ff(p.W1, X, p.b1));
  p.A2 = rl(ff(p.W2, p.A1, p.b2));
  p.A3 = sg(ff(p.W3, p.A2, p.b3));
  return M.rowVector(p.A3.to1DArray().map((v: number) => +(v > 0.5)));
}
