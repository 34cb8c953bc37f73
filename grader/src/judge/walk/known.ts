/** The terms in which a walk speaks: the network's quantities, and the forms that they may take. */

import type { Block } from "../../model/observation.ts";

/** Which units are kept: 1 kept, 0 dropped; NaN where nobody can tell. */
export interface Mask {
  name: string;
  value: Block;
}

/** A number that values may be multiplied by, as it is written behind them: "/ keep_prob". */
export interface Factor {
  words: string;
  value: number;
}

/** Something that a recorded value may turn out to be. */
export interface Known {
  /** As in "relu(Z1)". */
  name: string;
  value: Block;
  /** The masks and the factors that it may have on the way to its goal, beside none and 1. */
  masks?: readonly Mask[];
  factors?: readonly number[];
  /** Of a form that no right program needs. */
  isMistake?: boolean;
  /** Recognised only as it is, or times its factors: masks, labels, and what is close to others. */
  isExact?: boolean;
}

/** A known value under a mask and times a factor. */
export interface Form {
  known: Known;
  /** `other`: some entries are 0, and no mask that is known says which. */
  mask?: Mask | "other";
  factor: number;
}

/** One quantity of the contract, on the way from what went before it. */
export interface Stage {
  /** As the contract calls it, as in "A1". */
  name: string;
  /** What may be seen on the way, the goal's own among them. */
  knowns: readonly Known[];
  goal: Form & { value: Block };
}

/** One call of one function, as the judge knows it. */
export interface Subject {
  /** What the call was given. */
  given: readonly Known[];
  masks: readonly Mask[];
  factors: readonly Factor[];
  /** In the order of the network; each from what the student's own program made before it. */
  stages: readonly ((have: (name: string) => Block) => Stage)[];
  /** What the call returned, by the contract's names. */
  own: Readonly<Partial<Record<string, Block>>>;
  /** Shapes, (units, examples), in which a mask of the function's own would be out of place. */
  noMasks: readonly [number, number][];
  /** What the random source returns. */
  draws?: Float64Array;
}

export const EMPTY: Block = { rows: 0, cols: 0, data: new Float64Array() };

/** A stage whose goal is a value as it is, without mask or factor. */
export function plainStage(name: string, known: Known, ...others: readonly Known[]): Stage {
  return { name, knowns: [known, ...others], goal: { known, factor: 1, value: known.value } };
}

/** What is given to a call, by the stage that is made from it. */
const PARTS: Readonly<Record<string, RegExp>> = {
  Z1: /^(W1|b1|X)$/u,
  A1: /1/u,
  Z2: /^(W2|b2)$/u,
  A2: /2/u,
  Z3: /^(W3|b3)$/u,
  dZ3: /^(A3|Y)$/u,
  dW3: /^A2$/u,
  dZ2: /W3|[ZAD]2/u,
  dW2: /^A1$/u,
  dZ1: /W2|[ZAD]1/u,
  dW1: /^X$/u,
};

/** Of what a call was given, it is what the stage is made from. */
export function isPart({ name }: Known, stage: Stage): boolean {
  return PARTS[stage.name]?.test(name) === true;
}

/** X and the parameters, as a call got them. A bias is too close to other things to be half right. */
export function givenKnowns(given: Readonly<Record<string, Block>>): Known[] {
  return Object.entries(given).map(([name, value]) => ({
    ...{ name, value },
    isExact: name.startsWith("b"),
  }));
}

/** The factors that the assignment's mistakes are made of. `m` is the number of examples. */
export function factorsOf(keep_prob: number | undefined, m: number): Factor[] {
  const shared = [
    { words: "", value: 1 },
    { words: " / m", value: 1 / m },
    { words: " × m", value: m },
    { words: " × (-1)", value: -1 },
    { words: " × 2", value: 2 },
    { words: " / 2", value: 0.5 },
  ];
  if (keep_prob === undefined || keep_prob === 1) return shared;
  return [
    ...shared.slice(0, 1),
    { words: " / keep_prob", value: 1 / keep_prob },
    { words: " × keep_prob", value: keep_prob },
    { words: " / keep_prob²", value: 1 / keep_prob ** 2 },
    { words: " × keep_prob²", value: keep_prob ** 2 },
    { words: " × (1 - keep_prob)", value: 1 - keep_prob },
    { words: " / (1 - keep_prob)", value: 1 / (1 - keep_prob) },
    { words: " / (keep_prob · m)", value: 1 / (keep_prob * m) },
    ...shared.slice(1),
  ];
}
