import { Matrix as M } from "ml-matrix";

type Args = { [k: string]: M };

const use = (f: (x: number) => number) => (A: M): M => new M(A.to2DArray().map((row) => row.map((x) => f(x))));
const sigma = use((x) => 1 / (1 + Math.exp(-x)));
const r = use((x) => (x > 0 ? x : 0));
const dr = use((x) => (x > 0 ? 1 : 0));

function train(X: M, w: Args, keep: number, random: () => number = Math.random) {
  const c: Args = {};
  for (const k in w) c[k] = w[k];
  const toss = use(() => (random() < keep ? 1 : 0));

  c.Z1 = c.W1.mmul(X).addColumnVector(c.b1);
  c.D1 = toss(c.Z1);
  c.A1 = r(c.Z1).mul(c.D1).div(keep);
  c.Z2 = c.W2.mmul(c.A1).addColumnVector(c.b2);
  c.D2 = toss(c.Z2);
  c.A2 = r(c.Z2).mul(c.D2).div(keep);
  c.Z3 = c.W3.mmul(c.A2).addColumnVector(c.b3);
  c.A3 = sigma(c.Z3);
  return { A3: c.A3, cache: c };
}

function gradients(X: M, Y: M, c: Args, keep: number) {
  const n = X.columns;
  const g: Args = {};
  g.dZ3 = M.sub(c.A3, Y);
  g.dA2 = c.W3.transpose().mmul(g.dZ3).mul(c.D2).div(keep);
  g.dZ2 = dr(c.Z2).mul(g.dA2);
  g.dA1 = c.W2.transpose().mmul(g.dZ2).mul(c.D1).div(keep);
  g.dZ1 = dr(c.Z1).mul(g.dA1);
  for (const [l, input] of [[1, X], [2, c.A1], [3, c.A2]] as const) {
    g[`dW${l}`] = g[`dZ${l}`].mmul(input.transpose()).div(n);
    g[`db${l}`] = M.columnVector(g[`dZ${l}`].sum("row")).div(n);
  }
  return g;
}

function classify(X: M, w: Args) {
  const h1 = r(w.W1.mmul(X).addColumnVector(w.b1));
  const h2 = r(w.W2.mmul(h1).addColumnVector(w.b2));
  return dr(w.W3.mmul(h2).addColumnVector(w.b3)); // p > 0.5 <=> z > 0
}

export {
  train as forward_propagation_with_dropout,
  gradients as backward_propagation_with_dropout,
  classify as predict,
};
