import { Matrix } from "ml-matrix";
import * as H from "./helpers";
class Net {
  static readonly HIDDEN = [1, 2] as const;
  static KEYS: string[];
  static { Net.KEYS = Net.HIDDEN.flatMap((l) => [`Z${l}`, `D${l}`, `A${l}`]); }
  keep = 1;
  forward = (X: Matrix, parameters: any, keep_prob: number, rng: () => number = Math.random) => {
    this.keep = keep_prob;
    const c: any = { ...parameters };
    let A = X;
    for (const l of Net.HIDDEN) {
      c[`Z${l}`] = H.linear(c[`W${l}`], A, c[`b${l}`]);
      c[`D${l}`] = H.map(H.randomMatrix(c[`Z${l}`].rows, c[`Z${l}`].columns, rng), (u) => (u < keep_prob ? 1 : 0));
      A = c[`A${l}`] = Matrix.mul(H.relu(c[`Z${l}`]), c[`D${l}`]).div(keep_prob);
    }
    c.Z3 = H.linear(c.W3, A, c.b3);
    c.A3 = H.sigmoid(c.Z3);
    return { A3: c.A3, cache: c };
  };
  backward = (X: Matrix, Y: Matrix, c: any, keep_prob: number) => {
    const g: any = {};
    const m = X.columns;
    for (let l = 3; l > 0; l--) {
      if (l === 3) g.dZ3 = Matrix.sub(c.A3, Y);
      else {
        g[`dA${l}`] = c[`W${l + 1}`].transpose().mmul(g[`dZ${l + 1}`]).mul(c[`D${l}`]).div(keep_prob);
        g[`dZ${l}`] = Matrix.mul(g[`dA${l}`], H.reluDerivative(c[`Z${l}`]));
      }
      const below = l === 1 ? X : c[`A${l - 1}`];
      g[`dW${l}`] = g[`dZ${l}`].mmul(below.transpose()).div(m);
      g[`db${l}`] = H.rowSums(g[`dZ${l}`]).div(m);
    }
    return g;
  };
  classify = (X: Matrix, p: any) => { const k = this.keep; const A1 = H.relu(H.linear(p.W1, X, p.b1)).mul(k); const A2 = H.relu(H.linear(p.W2, A1, p.b2)).mul(k); return H.map(H.sigmoid(H.linear(p.W3, A2, p.b3)), (a) => (a > 0.5 ? 1 : 0)); };
}
const net = new Net();
export const { forward: forward_propagation_with_dropout, backward: backward_propagation_with_dropout, classify: predict } = net;
