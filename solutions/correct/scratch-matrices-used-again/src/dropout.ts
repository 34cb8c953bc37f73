import { Matrix } from "ml-matrix";
export function forward_propagation_with_dropout(X: any, parameters: any, keep_prob: number, rng: () => number = Math.random): any {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const m = X.columns;
  const cache: any = { W1, b1, W2, b2, W3, b3 };
  let A = X;
  for (let l = 1; l <= 3; l++) {
    const W = parameters["W" + l];
    const b = parameters["b" + l];
    const n = W.rows;
    const Z = new Matrix(n, m);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < m; k++) {
        let s = b.get(i, 0);
        for (let j = 0; j < W.columns; j++) {
          s += W.get(i, j) * A.get(j, k);
        }
        Z.set(i, k, s);
      }
    }
    cache["Z" + l] = Z;
    const out = new Matrix(n, m);
    if (l === 3) {
      for (let i = 0; i < n; i++) {
        for (let k = 0; k < m; k++) {
          out.set(i, k, 1 / (1 + Math.exp(-Z.get(i, k))));
        }
      }
    } else {
      const D = new Matrix(n, m);
      for (let i = 0; i < n; i++) {
        for (let k = 0; k < m; k++) {
          const u = rng();
          const keep = u < keep_prob;
          D.set(i, k, keep ? 1 : 0);
          const a = Math.max(0, Z.get(i, k));
          out.set(i, k, keep ? a / keep_prob : 0);
        }
      }
      cache["D" + l] = D;
    }
    cache["A" + l] = out;
    A = out;
  }
  return { A3: A, cache };
}
const scratch = new Float64Array(4096);
export function backward_propagation_with_dropout(X: any, Y: any, cache: any, keep_prob: number): any {
  const m = X.columns;
  const grads: any = {};
  let dZ = new Matrix(Y.rows, m);
  for (let i = 0; i < Y.rows; i++) {
    for (let k = 0; k < m; k++) {
      dZ.set(i, k, cache.A3.get(i, k) - Y.get(i, k));
    }
  }
  for (let l = 3; l >= 1; l--) {
    const A_prev = l === 1 ? X : cache["A" + (l - 1)];
    const W = cache["W" + l];
    grads["dZ" + l] = dZ;
    const dW = new Matrix(dZ.rows, A_prev.rows);
    const db = new Matrix(dZ.rows, 1);
    for (let i = 0; i < dZ.rows; i++) {
      for (let k = 0; k < m; k++) {
        const g = dZ.get(i, k);
        db.set(i, 0, db.get(i, 0) + g / m);
        for (let j = 0; j < A_prev.rows; j++) {
          dW.set(i, j, dW.get(i, j) + (g * A_prev.get(j, k)) / m);
        }
      }
    }
    grads["dW" + l] = dW;
    grads["db" + l] = db;
    if (l > 1) {
      const D = cache["D" + (l - 1)];
      const Z = cache["Z" + (l - 1)];
      const dA = new Matrix(A_prev.rows, m);
      const next = new Matrix(A_prev.rows, m);
      for (let j = 0; j < A_prev.rows; j++) {
        for (let k = 0; k < m; k++) {
          for (let i = 0; i < dZ.rows; i++) scratch[i] = W.get(i, j) * dZ.get(i, k);
          let s = 0;
          for (let i = 0; i < dZ.rows; i++) s += scratch[i];
          s = (s * D.get(j, k)) / keep_prob;
          dA.set(j, k, s);
          next.set(j, k, Z.get(j, k) > 0 ? s : 0);
        }
      }
      grads["dA" + (l - 1)] = dA;
      dZ = next;
    }
  }
  return grads;
}
export function predict(X: any, parameters: any): any {
  const m = X.columns;
  const labels = new Matrix(1, m);
  for (let k = 0; k < m; k++) {
    let a: number[] = X.getColumn(k);
    for (let l = 1; l <= 3; l++) {
      const W = parameters["W" + l];
      const b = parameters["b" + l];
      const z: number[] = [];
      for (let i = 0; i < W.rows; i++) {
        let s = b.get(i, 0);
        for (let j = 0; j < W.columns; j++) s += W.get(i, j) * a[j];
        z.push(s);
      }
      a = l < 3 ? z.map((v) => Math.max(0, v)) : z.map((v) => 1 / (1 + Math.exp(-v)));
    }
    labels.set(0, k, a[0] > 0.5 ? 1 : 0);
  }
  return labels;
}
