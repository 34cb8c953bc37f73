/** What the judge measured of `predict`, which shows nothing but labels. */

import type { FailedCall } from "./measurement.ts";
import type { Block } from "./observation.ts";

export interface PredictSummary {
  failures: FailedCall[];
  /** What was returned: labels, or something else that has the right shape. */
  returns: "labels" | "probabilities" | "other-numbers" | "nothing";
  /** A label that is neither 0 nor 1. */
  oddLabel: number | undefined;
  /** Same input, same labels, and along a line the label turns once. */
  deterministic: boolean;
  /** In some call there were examples of either label. Otherwise nothing is known of how it got them. */
  turns: boolean;
  /** How many labels of how many changed between two calls with the same input. */
  changed: number;
  compared: number;
  mathRandomDraws: number;
  /** Numbers that were drawn for a single example: a mask takes at least one for each layer. */
  drawsForOne: number;
  /** Asked again, it drew nothing, although it had the first time: it did not work it out again. */
  remembers: boolean;
  /** A program that has just started answers rightly what was answered wrongly after other calls. */
  rightAlone: boolean;
  /** Columns with the wrong label: which scenario, of how many, A3 of the plain network, what was returned. */
  wrong: { id: string; column: number; of: number; A3: number; found: number }[];
  total: number;
  /** What the first call returned, and what the plain network has there. */
  shown: { call: string; returned: Block | undefined; X: Block; parameters: Record<string, Block> };
  /** What the hidden layers are multiplied by; undefined where the labels do not tell. */
  scale: { layer1: number; layer2: number } | undefined;
  /** From which A3 on the label is 1. */
  threshold: number | undefined;
  changedArguments: string[];
  /** What it returns is what the student's own forward pass says with keep_prob 1. */
  followsForward: boolean;
  wrongShape: { found: string; expected: string } | undefined;
}
