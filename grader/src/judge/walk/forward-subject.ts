/** What a walk through the forward pass may meet, call by call. */

import * as B from "../../assignment/block.ts";
import type { ForwardMeasure, LayerMeasure } from "../../model/measurement.ts";
import type { Block } from "../../model/observation.ts";
import {
  EMPTY,
  factorsOf,
  givenKnowns,
  plainStage,
  type Known,
  type Mask,
  type Stage,
  type Subject,
} from "./known.ts";

type Blocks = Readonly<Record<string, Block>>;

/** @param given X, W1 … b3 as the call got them */
export function forwardSubject(measure: ForwardMeasure, given: Blocks): Subject {
  const { keep_prob, m, layers } = measure;
  const D = layers.map((layer) => maskOf(layer));
  const masks = layers.flatMap((layer, k): Mask[] => {
    const own = D[k];
    if (own === undefined) return [];
    const { name, value } = own;
    return [
      own,
      { name: `(1 - ${name})`, value: B.map(value, (d) => 1 - d) },
      { name: `[Z${layer.layer} > 0]`, value: B.positive(layer.own.Z ?? layer.relu) },
    ];
  });
  const drawn = masks.flatMap(({ name, value }): Known[] =>
    value.data.some(Number.isNaN) ? [] : [{ name, value, factors: [1 / keep_prob], isExact: true }],
  );
  const stages = ([1, 2] as const).flatMap((l) => hidden(l, { given, mask: D[l - 1], keep_prob }));
  return {
    given: [...givenKnowns(given), ...drawn],
    masks,
    factors: factorsOf(keep_prob, m),
    stages: [...stages, ...output(given)],
    own: ownOf(measure),
    noMasks: [],
  };
}

/** The mask of the cache where it says what was dropped, else what was seen to be dropped. */
function maskOf({ layer, own, pattern }: LayerMeasure): Mask | undefined {
  const name = `D${layer}`;
  const D = own.D;
  const says = (d: Block) =>
    pattern.data.every((p, k) => Number.isNaN(p) || (d.data[k] !== 0) === (p === 1));
  if (D && B.sameShape(D, pattern) && says(D))
    return { name, value: B.map(D, (d) => (d === 0 ? 0 : 1)) };
  if (pattern.data.includes(0)) return { name, value: pattern };
  // Nothing was dropped, and a mask was made.
  const isMask = D && B.sameShape(D, pattern) && D.data.every((d) => d === 0 || d === 1);
  return isMask && D.data.includes(0) ? { name, value: D } : undefined;
}

function ownOf({ layers, outputOwn }: ForwardMeasure): Subject["own"] {
  const own: Partial<Record<string, Block>> = {};
  for (const { layer, own: o } of layers) {
    if (o.Z) own[`Z${layer}`] = o.Z;
    if (o.A) own[`A${layer}`] = o.A;
  }
  if (outputOwn) own["A3"] = outputOwn;
  return own;
}

interface Hidden {
  given: Blocks;
  /** Absent where nothing is dropped. */
  mask?: Mask | undefined;
  /** 1 without dropout. */
  keep_prob: number;
}

/** A hidden layer: LINEAR → ReLU, and dropout. */
export function hidden(
  layer: 1 | 2,
  { given, mask, keep_prob }: Hidden,
): Subject["stages"][number][] {
  const from = layer === 1 ? "X" : "A1";
  const [W, b] = [given[`W${layer}`] ?? EMPTY, given[`b${layer}`] ?? EMPTY];
  // What may be done to an activation may be done to Z as well: relu(c · Z) is c · relu(Z).
  const forms = { masks: mask ? [mask] : [], factors: [1 / keep_prob] };
  return [
    (have) => linear(layer, { W, b, from, A: have(from), forms }),
    (have) => {
      const known = { name: `relu(Z${layer})`, value: B.relu(have(`Z${layer}`)), ...forms };
      const masked = mask ? zeroed(known.value, mask.value) : known.value;
      const goal = { known, factor: 1 / keep_prob, value: B.scaled(masked, 1 / keep_prob) };
      return { name: `A${layer}`, knowns: [known], goal: mask ? { ...goal, mask } : goal };
    },
  ];
}

function zeroed(value: Block, mask: Block): Block {
  return B.zip(value, mask, (x, d) => (d === 0 ? 0 : x));
}

interface Linear {
  W: Block;
  b: Block;
  from: string;
  A: Block;
  forms?: Pick<Known, "masks" | "factors">;
}

/** LINEAR: W·A, then W·A + b. Z with its negative entries set to 0 is on the way to relu(Z). */
function linear(layer: number, { W, b, from, A, forms = {} }: Linear): Stage {
  const product = { name: `W${layer}·${from}`, value: B.product(W, A), ...forms };
  const value = B.linear(W, A, b);
  const known = { name: `W${layer}·${from} + b${layer}`, value, ...forms };
  return plainStage(`Z${layer}`, known, product);
}

/** The output layer: LINEAR → SIGMOID. */
export function output(given: Blocks): Subject["stages"][number][] {
  const [W, b] = [given["W3"] ?? EMPTY, given["b3"] ?? EMPTY];
  // On the way to exp(-Z3).
  const forms = { factors: [-1] };
  return [
    (have) => linear(3, { W, b, from: "A2", A: have("A2"), forms }),
    (have) => sigmoid(have("Z3")),
  ];
}

/** SIGMOID, and the steps that lead to it. */
function sigmoid(Z3: Block): Stage {
  const known = { name: "sigmoid(Z3)", value: B.sigmoid(Z3) };
  const steps: Known[] = [
    { name: "-Z3", value: B.scaled(Z3, -1), isExact: true },
    { name: "exp(-Z3)", value: B.map(Z3, (z) => Math.exp(-z)), isExact: true },
    { name: "exp(Z3)", value: B.map(Z3, Math.exp), isExact: true },
    { name: "1 + exp(-Z3)", value: B.map(Z3, (z) => 1 + Math.exp(-z)), isExact: true },
  ];
  const mistakes: Known[] = [
    { name: "relu(Z3)", value: B.relu(Z3), isMistake: true },
    { name: "tanh(Z3)", value: B.map(Z3, Math.tanh), isMistake: true },
  ];
  return plainStage("A3", known, ...steps, ...mistakes);
}
