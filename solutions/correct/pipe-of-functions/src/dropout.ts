import { Matrix } from "ml-matrix";

type Fn = (M: Matrix) => Matrix;
const pipe = (...fns: Fn[]): Fn => (M) => fns.reduce((acc, fn) => fn(acc), M);
const keepIn = (slots: Record<string, Matrix>, name: string): Fn => (M) => (slots[name] = M);

const pointwise = (f: (x: number) => number): Fn => (M) => new Matrix(M.to2DArray().map((r) => r.map((x) => f(x))));
const times = (N: Matrix): Fn => (M) => Matrix.mul(M, N);
const over = (s: number): Fn => (M) => Matrix.div(M, s);
const leftMul = (W: Matrix): Fn => (M) => W.mmul(M);
const plus = (b: Matrix): Fn => (M) => M.clone().addColumnVector(b);
const minus = (N: Matrix): Fn => (M) => Matrix.sub(M, N);

const relu = pointwise((z) => (z > 0 ? z : 0));
const step = pointwise((z) => (z > 0 ? 1 : 0));
const sigmoid = pointwise((z) => 1 / (1 + Math.exp(-z)));
const label = pointwise((p) => (p > 0.5 ? 1 : 0));

const coin = (keep_prob: number, rng: () => number) => pointwise(() => (rng() < keep_prob ? 1 : 0));

export function forward_propagation_with_dropout(X: Matrix, p: Record<string, Matrix>, keep_prob: number, rng: () => number = Math.random) {
  const cache: Record<string, Matrix> = { ...p };
  const tossFor = (l: 1 | 2): Fn => (M) => {
    keepIn(cache, `D${l}`)(coin(keep_prob, rng)(M));
    return M;
  };
  const hidden = (l: 1 | 2): Fn =>
    pipe(
      leftMul(p[`W${l}`]),
      plus(p[`b${l}`]),
      keepIn(cache, `Z${l}`),
      relu,
      tossFor(l),
      (M) => times(cache[`D${l}`])(M),
      over(keep_prob),
      keepIn(cache, `A${l}`),
    );
  const output = pipe(leftMul(p.W3), plus(p.b3), keepIn(cache, "Z3"), sigmoid, keepIn(cache, "A3"));

  const A3 = pipe(hidden(1), hidden(2), output)(X);
  return { A3, cache };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
  const grads: Record<string, Matrix> = {};
  const m = X.columns;

  const record = (l: 1 | 2 | 3, input: Matrix): Fn => (dZ) => {
    grads[`dZ${l}`] = dZ;
    grads[`dW${l}`] = over(m)(dZ.mmul(input.transpose()));
    grads[`db${l}`] = over(m)(Matrix.columnVector(dZ.sum("row")));
    return dZ;
  };
  const descend = (l: 1 | 2): Fn =>
    pipe(
      leftMul(cache[`W${l + 1}`].transpose()),
      times(cache[`D${l}`]),
      over(keep_prob),
      keepIn(grads, `dA${l}`),
      times(step(cache[`Z${l}`])),
    );

  pipe(minus(Y), record(3, cache.A2), descend(2), record(2, cache.A1), descend(1), record(1, X))(cache.A3);
  return grads;
}

export const predict = (X: Matrix, p: Record<string, Matrix>) =>
  pipe(leftMul(p.W1), plus(p.b1), relu, leftMul(p.W2), plus(p.b2), relu, leftMul(p.W3), plus(p.b3), sigmoid, label)(X);
