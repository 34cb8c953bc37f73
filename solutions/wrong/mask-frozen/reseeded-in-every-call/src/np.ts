import { Matrix } from "ml-matrix";

const zip = (A: Matrix, B: Matrix, f: (a: number, b: number) => number): Matrix => {
  if (A.rows !== B.rows || A.columns !== B.columns) {
    throw new Error(`operands could not be broadcast together: (${A.rows},${A.columns}) (${B.rows},${B.columns})`);
  }
  const C = new Matrix(A.rows, A.columns);
  for (let i = 0; i < A.rows; i++) for (let j = 0; j < A.columns; j++) C.set(i, j, f(A.get(i, j), B.get(i, j)));
  return C;
};

const map = (A: Matrix, f: (a: number) => number): Matrix => zip(A, A, f);

let state = 0;
const next = (): number => {
  // Park and Miller's generator
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
};

/** The few functions of numpy that the notebook used. */
export const np = {
  dot: (A: Matrix, B: Matrix): Matrix => A.mmul(B),
  add: (A: Matrix, b: Matrix): Matrix => A.clone().addColumnVector(b),
  maximum: (c: number, A: Matrix): Matrix => map(A, (a) => Math.max(c, a)),
  multiply: (A: Matrix, B: Matrix): Matrix => zip(A, B, (a, b) => a * b),
  divide: (A: Matrix, c: number): Matrix => map(A, (a) => a / c),
  less: (A: Matrix, c: number): Matrix => map(A, (a) => (a < c ? 1 : 0)),
  greater: (A: Matrix, c: number): Matrix => map(A, (a) => (a > c ? 1 : 0)),
  sigmoid: (A: Matrix): Matrix => map(A, (a) => 1 / (1 + Math.exp(-a))),
  sumAxis1: (A: Matrix): Matrix => Matrix.columnVector(A.sum("row")),
  random: {
    seed: (s: number): void => {
      state = s;
    },
    rand: (rows: number, columns: number): Matrix => Matrix.rand(rows, columns, { random: next }),
  },
};
