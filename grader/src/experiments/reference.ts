import * as B from "../assignment/block.ts";
import { plainForward } from "../assignment/network.ts";
import type { Parameters } from "../assignment/network.ts";
import type { Block } from "../model/observation.ts";
import { drawsFor } from "./network.ts";
import type { ForwardQuestion, Network, Step } from "./network.ts";

/** The two ways to keep the level. */
export type Form =
  /** `1/keep_prob` in training, nothing at prediction. */
  | "inverted"
  /** Nothing in training; the paper of 2014 has the weights times keep_prob at prediction. */
  | "unscaled";

/** The functions of the assignment as they should be, or without the scale. */
export function referenceNetwork(form: Form): Network {
  return {
    who: form === "inverted" ? "the reference" : "the reference without the scale",
    forward: async (question) => forward(question, form),
    step: async (question) => step(question, form),
    predict: async (X, parameters) =>
      B.map(plainForward(X, parameters).A3, (a) => (a > 0.5 ? 1 : 0)),
  };
}

function forward(question: ForwardQuestion, form: Form) {
  const { X, parameters: p, keep_prob } = question;
  const draws = drawsFor(question);
  const factor = form === "inverted" ? 1 / keep_prob : 1;
  let used = 0;
  const drop = (A: Block) => {
    const D = B.map(A, () => ((draws[used++] ?? 0) < keep_prob ? factor : 0));
    return { D, A: B.times(A, D) };
  };
  const Z1 = B.linear(p.W1, X, p.b1);
  const one = drop(B.relu(Z1));
  const Z2 = B.linear(p.W2, one.A, p.b2);
  const two = drop(B.relu(Z2));
  const A3 = B.sigmoid(B.linear(p.W3, two.A, p.b3));
  return { Z1, D1: one.D, A1: one.A, Z2, D2: two.D, A2: two.A, A3 };
}

function step(question: ForwardQuestion & { Y: Block }, form: Form): Step {
  const { X, Y, parameters: p } = question;
  const { Z1, D1, A1, Z2, D2, A2, A3 } = forward(question, form);
  const share = 1 / X.cols;
  const dZ3 = B.zip(A3, Y, (a, y) => a - y);
  const dA2 = B.times(B.product(B.transposed(p.W3), dZ3), D2);
  const dZ2 = B.times(dA2, B.positive(Z2));
  const dA1 = B.times(B.product(B.transposed(p.W2), dZ2), D1);
  const dZ1 = B.times(dA1, B.positive(Z1));
  const weights = (dZ: Block, A: Block) => B.scaled(B.product(dZ, B.transposed(A)), share);
  const biases = (dZ: Block) => B.scaled(B.rowSums(dZ), share);
  const gradients: Parameters = {
    ...{ W3: weights(dZ3, A2), b3: biases(dZ3), W2: weights(dZ2, A1), b2: biases(dZ2) },
    ...{ W1: weights(dZ1, X), b1: biases(dZ1) },
  };
  return { A3, gradients };
}
