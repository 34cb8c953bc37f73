import { Matrix } from "ml-matrix";

type Dict = Record<string, Matrix>;
type State = { A: Matrix; cache: Dict };

const m_ = (M: Matrix, f: (x: number) => number) => new Matrix(M.to2DArray().map((r) => r.map((x) => f(x))));

export const forward_propagation_with_dropout = (X: Matrix, parameters: Dict, keep_prob: number, rng: () => number = Math.random) => {
  const { A, cache } = [1, 2, 3].reduce<State>(
    ({ A: previous, cache }, l) => {
      const W = parameters[`W${l}`];
      const b = parameters[`b${l}`];
      const Z = W.mmul(previous).addColumnVector(b);
      if (l === 3) {
        const A = m_(Z, (z) => 1 / (1 + Math.exp(-z)));
        return { A, cache: { ...cache, Z3: Z, A3: A, W3: W, b3: b } };
      }
      const D = m_(Z, () => (rng() < keep_prob ? 1 : 0));
      const A = Matrix.mul(m_(Z, (z) => Math.max(z, 0)), D).div(keep_prob);
      return { A, cache: { ...cache, [`Z${l}`]: Z, [`D${l}`]: D, [`A${l}`]: A, [`W${l}`]: W, [`b${l}`]: b } };
    },
    { A: X, cache: {} },
  );
  return { A3: A, cache };
};

export const backward_propagation_with_dropout = (X: Matrix, Y: Matrix, cache: Dict, keep_prob: number) => {
  const m = X.columns;
  const inputs = [X, cache.A1, cache.A2];
  const linear = (l: number, dZ: Matrix) => ({
    [`dZ${l}`]: dZ,
    [`dW${l}`]: dZ.mmul(inputs[l - 1].transpose()).div(m),
    [`db${l}`]: m_(Matrix.columnVector(dZ.sum("row")), (s) => s / m),
  });

  return [2, 1].reduce<Dict>(
    (grads, l) => {
      const dA = cache[`W${l + 1}`].transpose().mmul(grads[`dZ${l + 1}`]).mul(cache[`D${l}`]).div(keep_prob);
      const dZ = Matrix.mul(dA, m_(cache[`Z${l}`], (z) => (z > 0 ? 1 : 0)));
      return { ...grads, [`dA${l}`]: dA, ...linear(l, dZ) };
    },
    linear(3, Matrix.sub(cache.A3, Y)),
  );
};

export const predict = (X: Matrix, parameters: Dict) =>
  m_(
    [1, 2, 3].reduce((A, l) => {
      const Z = parameters[`W${l}`].mmul(A).addColumnVector(parameters[`b${l}`]);
      return m_(Z, l < 3 ? (z) => Math.max(z, 0) : (z) => 1 / (1 + Math.exp(-z)));
    }, X),
    (p) => (p > 0.5 ? 1 : 0),
  );
