import { Matrix } from "ml-matrix";
import type { Cache, Gradients, Parameters, Rng } from "./types.ts";

const L = 3;

type Named = Record<string, Matrix>;

function each(M: Matrix, f: (v: number) => number): Matrix {
  const out = M.clone();
  for (let i = 0; i < out.rows; i++) for (let j = 0; j < out.columns; j++) out.set(i, j, f(M.get(i, j)));
  return out;
}

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Parameters,
  keep_prob: number,
  rng: Rng = Math.random,
): { A3: Matrix; cache: Cache } {
  const p = parameters as unknown as Named;
  const cache: Named = {};
  let A = X;
  for (let l = 1; l <= L; l++) {
    const W = p[`W${l}`]!;
    const b = p[`b${l}`]!;
    const Z = W.mmul(A).addColumnVector(b);
    A = l < L ? each(Z, (z) => Math.max(0, z)) : each(Z, (z) => 1 / (1 + Math.exp(-z)));
    // dropout
    const D = each(A, () => (rng() < keep_prob ? 1 : 0));
    A = Matrix.mul(A, D);
    A = Matrix.mul(A, 1 / keep_prob);
    if (l < L) cache[`D${l}`] = D;
    cache[`Z${l}`] = Z;
    cache[`A${l}`] = A;
    cache[`W${l}`] = W;
    cache[`b${l}`] = b;
  }
  return { A3: A, cache: cache as unknown as Cache };
}

export function backward_propagation_with_dropout(
  X: Matrix,
  Y: Matrix,
  cache: Cache,
  keep_prob: number,
): Gradients {
  const c: Named = { ...cache, A0: X };
  const g: Named = {};
  const m = X.columns;
  let dZ = Matrix.sub(cache.A3, Y);
  for (let l = L; l >= 1; l--) {
    g[`dZ${l}`] = dZ;
    g[`dW${l}`] = dZ.mmul(c[`A${l - 1}`]!.transpose()).div(m);
    g[`db${l}`] = Matrix.columnVector(dZ.sum("row")).div(m);
    if (l === 1) break;
    const dA = c[`W${l}`]!.transpose().mmul(dZ);
    dA.mul(c[`D${l - 1}`]!).div(keep_prob);
    g[`dA${l - 1}`] = dA;
    dZ = Matrix.mul(dA, each(c[`Z${l - 1}`]!, (z) => (z > 0 ? 1 : 0)));
  }
  return g as unknown as Gradients;
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const p = parameters as unknown as Named;
  let A = X;
  for (let l = 1; l < L; l++) {
    A = each(p[`W${l}`]!.mmul(A).addColumnVector(p[`b${l}`]!), (z) => Math.max(0, z));
  }
  const Z3 = p["W3"]!.mmul(A).addColumnVector(p["b3"]!);
  return each(Z3, (z) => Math.round(1 / (1 + Math.exp(-z))));
}
