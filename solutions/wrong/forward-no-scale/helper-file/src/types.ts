import type { Matrix } from "ml-matrix";

export type Rng = () => number;

export interface Parameters {
  W1: Matrix;
  b1: Matrix;
  W2: Matrix;
  b2: Matrix;
  W3: Matrix;
  b3: Matrix;
}

export interface Cache extends Parameters {
  Z1: Matrix;
  D1: Matrix;
  A1: Matrix;
  Z2: Matrix;
  D2: Matrix;
  A2: Matrix;
  Z3: Matrix;
  A3: Matrix;
}

export interface Gradients {
  dZ3: Matrix;
  dW3: Matrix;
  db3: Matrix;
  dA2: Matrix;
  dZ2: Matrix;
  dW2: Matrix;
  db2: Matrix;
  dA1: Matrix;
  dZ1: Matrix;
  dW1: Matrix;
  db1: Matrix;
}
