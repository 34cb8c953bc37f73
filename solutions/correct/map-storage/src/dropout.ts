import { Matrix } from "ml-matrix";

type Store = Map<string, Matrix>;

const get = (store: Store, key: string): Matrix => {
  const value = store.get(key);
  if (!value) throw new Error(`no ${key}`);
  return value;
};

const pointwise = (M: Matrix, f: (x: number) => number) => {
  const R = new Matrix(M);
  return R.apply((i, j) => { R.set(i, j, f(R.get(i, j))); });
};

export function forward_propagation_with_dropout(X: Matrix, parameters: object, keep_prob: number, rng: () => number = Math.random) {
  const net: Store = new Map<string, Matrix>(Object.entries(parameters));
  net.set("A0", X);

  for (const l of new Set([1, 2, 3])) {
    const Z = get(net, `W${l}`).mmul(get(net, `A${l - 1}`)).addColumnVector(get(net, `b${l}`));
    net.set(`Z${l}`, Z);
    if (l === 3) {
      net.set("A3", pointwise(Z, (z) => 1 / (1 + Math.exp(-z))));
    } else {
      const D = pointwise(Z, () => (rng() < keep_prob ? 1 : 0));
      net.set(`D${l}`, D);
      net.set(`A${l}`, pointwise(Z, (z) => (z > 0 ? z : 0)).mul(D).div(keep_prob));
    }
  }

  const A3 = get(net, "A3");
  net.delete("A0");
  return { A3, cache: Object.fromEntries(net) };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: object, keep_prob: number) {
  const net: Store = new Map<string, Matrix>(Object.entries(cache));
  const grads: Store = new Map();
  const m = X.columns;

  const close = (l: number, below: Matrix) => {
    const dZ = get(grads, `dZ${l}`);
    grads.set(`dW${l}`, dZ.mmul(below.transpose()).div(m));
    grads.set(`db${l}`, Matrix.columnVector(dZ.sum("row")).div(m));
  };

  grads.set("dZ3", Matrix.sub(get(net, "A3"), Y));
  close(3, get(net, "A2"));
  for (const l of [2, 1]) {
    const dA = get(net, `W${l + 1}`).transpose().mmul(get(grads, `dZ${l + 1}`));
    dA.mul(get(net, `D${l}`)).div(keep_prob);
    grads.set(`dA${l}`, dA);
    grads.set(`dZ${l}`, pointwise(get(net, `Z${l}`), (z) => (z > 0 ? 1 : 0)).mul(dA));
    close(l, l === 1 ? X : get(net, "A1"));
  }
  return Object.fromEntries(grads);
}

export function predict(X: Matrix, parameters: object) {
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  return pointwise(A3, (a) => (a > 0.5 ? 1 : 0));
}
