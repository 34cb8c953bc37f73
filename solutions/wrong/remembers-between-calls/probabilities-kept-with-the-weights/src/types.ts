import type { Matrix } from "ml-matrix";

/**
 * The network is LINEAR -> RELU -> DROPOUT -> LINEAR -> RELU -> DROPOUT -> LINEAR -> SIGMOID.
 *
 * In every shape below, n_x is the number of inputs, n1, n2, n3 the number of units of layers
 * 1, 2, 3 (n3 is 1 in this assignment), and m the number of examples. One example is one column.
 */

/** A source of randomness: each call returns the next number, uniform in [0, 1). */
export type Rng = () => number;

/** What the network has learned. */
export interface Parameters {
  /** (n1, n_x) */
  W1: Matrix;
  /** (n1, 1) */
  b1: Matrix;
  /** (n2, n1) */
  W2: Matrix;
  /** (n2, 1) */
  b2: Matrix;
  /** (n3, n2) */
  W3: Matrix;
  /** (n3, 1) */
  b3: Matrix;
}

/** What the forward pass hands to the backward pass. */
export interface Cache {
  /** (n1, m): W1 X + b1 */
  Z1: Matrix;
  /** (n1, m): the mask of layer 1, every entry 0 or 1 */
  D1: Matrix;
  /** (n1, m): the activations that layer 2 reads, dropout included */
  A1: Matrix;
  W1: Matrix;
  b1: Matrix;
  /** (n2, m): W2 A1 + b2 */
  Z2: Matrix;
  /** (n2, m): the mask of layer 2, every entry 0 or 1 */
  D2: Matrix;
  /** (n2, m): the activations that layer 3 reads, dropout included */
  A2: Matrix;
  W2: Matrix;
  b2: Matrix;
  /** (n3, m): W3 A2 + b3 */
  Z3: Matrix;
  /** (n3, m): the output, between 0 and 1 */
  A3: Matrix;
  W3: Matrix;
  b3: Matrix;
}

/** The derivatives of the cost. Each has the shape of what it belongs to. */
export interface Gradients {
  /** (n3, m) */
  dZ3: Matrix;
  /** (n3, n2) */
  dW3: Matrix;
  /** (n3, 1) */
  db3: Matrix;
  /** (n2, m), dropout included */
  dA2: Matrix;
  /** (n2, m) */
  dZ2: Matrix;
  /** (n2, n1) */
  dW2: Matrix;
  /** (n2, 1) */
  db2: Matrix;
  /** (n1, m), dropout included */
  dA1: Matrix;
  /** (n1, m) */
  dZ1: Matrix;
  /** (n1, n_x) */
  dW1: Matrix;
  /** (n1, 1) */
  db1: Matrix;
}
