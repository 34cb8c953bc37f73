import { Matrix } from "ml-matrix";

// L-layer style, as in the week 1 "building your deep network" notebook

type Rng = () => number;
type Dict = Record<string, Matrix>;

const L = 3;

function get(dict: Dict, key: string): Matrix {
  const value = dict[key];
  if (value === undefined) throw new Error(`missing ${key}`);
  return value;
}

function each(M: Matrix, f: (x: number) => number): Matrix {
  return new Matrix(M.to2DArray().map((row) => row.map(f)));
}

function forward(X: Matrix, parameters: Dict, keep_prob: number, rng: Rng): { A3: Matrix; cache: Dict } {
  const cache: Dict = {};
  let A = X;
  for (let l = 1; l <= L; l++) {
    const W = get(parameters, `W${l}`);
    const b = get(parameters, `b${l}`);
    const Z = W.mmul(A).addColumnVector(b);
    if (l < L) {
      const D = each(Z, () => Number(rng() < keep_prob));
      A = each(Z, (z) => Math.max(z, 0)).mul(D).div(keep_prob);
      cache[`D${l}`] = D;
    } else {
      A = each(Z, (z) => 1 / (1 + Math.exp(-z)));
    }
    cache[`Z${l}`] = Z;
    cache[`A${l}`] = A;
    cache[`W${l}`] = W;
    cache[`b${l}`] = b;
  }
  return { A3: A, cache };
}

export function forward_propagation_with_dropout(X: Matrix, parameters: object, keep_prob: number, rng: Rng = Math.random) {
  return forward(X, parameters as Dict, keep_prob, rng);
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: object, keep_prob: number): Dict {
  const saved = cache as Dict;
  const grads: Dict = {};
  const m = Y.columns;

  let dZ = Matrix.sub(get(saved, `A${L}`), Y);
  for (let l = L; l >= 1; l--) {
    const A_prev = l > 1 ? get(saved, `A${l - 1}`) : X;
    grads[`dZ${l}`] = dZ;
    grads[`dW${l}`] = dZ.mmul(A_prev.transpose()).div(m);
    grads[`db${l}`] = Matrix.columnVector(dZ.sum("row")).div(m);
    if (l === 1) break;

    const dA = get(saved, `W${l}`).transpose().mmul(dZ);
    dA.mul(get(saved, `D${l - 1}`));
    dA.div(keep_prob);
    grads[`dA${l - 1}`] = dA;
    dZ = dA.clone(); // D has switched the dead units off
  }
  return grads;
}

export function predict(X: Matrix, parameters: object): Matrix {
  let A = X;
  for (let l = 1; l <= L; l++) {
    const Z = get(parameters as Dict, `W${l}`).mmul(A).addColumnVector(get(parameters as Dict, `b${l}`));
    A = l < L ? each(Z, (z) => Math.max(z, 0)) : Z;
  }
  return each(A, (z) => (z > 0 ? 1 : 0));
}
