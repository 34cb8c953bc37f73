import { Matrix } from "ml-matrix";

type Dict = Record<string, Matrix>;

const LAST = 3;

function elementwise(M: Matrix, f: (x: number) => number): Matrix {
  const R = M.clone();
  R.apply((i, j) => { R.set(i, j, f(M.get(i, j))); });
  return R;
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const relu = (z: number) => (z < 0 ? 0 : z);

/** Runs layer l and everything above it; gives back all that these layers want cached. */
function up(l: number, A: Matrix, parameters: Dict, coin: () => number, keep_prob: number): Dict {
  const W = parameters["W" + l];
  const b = parameters["b" + l];
  const Z = W.mmul(A).addColumnVector(b);
  if (l === LAST) return { ["Z" + l]: Z, ["A" + l]: elementwise(Z, sigmoid), ["W" + l]: W, ["b" + l]: b };
  const D = elementwise(Z, coin);
  const out = elementwise(Z, relu).mul(D).div(keep_prob);
  return {
    ["Z" + l]: Z, ["D" + l]: D, ["A" + l]: out, ["W" + l]: W, ["b" + l]: b,
    ...up(l + 1, out, parameters, coin, keep_prob),
  };
}

/** Gradients of layer l, given those of all the layers above. */
function down(l: number, X: Matrix, cache: Dict, keep_prob: number, above: Dict): Dict {
  if (l === 0) return above;
  const m = X.columns;
  const input = l === 1 ? X : cache["A" + (l - 1)];
  const dA = cache["W" + (l + 1)].transpose().mmul(above["dZ" + (l + 1)]);
  dA.mul(cache["D" + l]);
  dA.div(keep_prob);
  const dZ = Matrix.mul(dA, elementwise(cache["Z" + l], (z) => (z > 0 ? 1 : 0)));
  return down(l - 1, X, cache, keep_prob, { ...above, ["dA" + l]: dA, ["dZ" + l]: dZ, ...own(l, dZ, input, m) });
}

function own(l: number, dZ: Matrix, input: Matrix, m: number): Dict {
  return { ["dW" + l]: dZ.mmul(input.transpose()).div(m), ["db" + l]: Matrix.columnVector(dZ.sum("row")).div(m) };
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Dict, keep_prob: number, rng: () => number = Math.random) {
  const cache = up(1, X, parameters, () => (rng() < keep_prob ? 1 : 0), keep_prob);
  return { A3: cache["A3"], cache };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Dict, keep_prob: number) {
  const dZ3 = Matrix.sub(cache["A3"], Y);
  return down(LAST - 1, X, cache, keep_prob, { dZ3, ...own(3, dZ3, cache["A2"], X.columns) });
}

export function predict(X: Matrix, parameters: Dict) {
  const climb = (l: number, A: Matrix): Matrix => {
    const Z = parameters["W" + l].mmul(A).addColumnVector(parameters["b" + l]);
    return l === LAST ? elementwise(Z, sigmoid) : climb(l + 1, elementwise(Z, relu));
  };
  return elementwise(climb(1, X), (p) => (p > 0.5 ? 1 : 0));
}
