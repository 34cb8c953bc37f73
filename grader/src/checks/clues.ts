/** Values that lead to the line of one misconception or another. */

import * as B from "../assignment/block.ts";
import type { Clue } from "../model/diagnosis.ts";
import type {
  BackwardSummary,
  ForwardMeasure,
  ForwardSummary,
  Layer,
} from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import { showcase } from "./forward-common.ts";

/** Where keep_prob, or what it was handed on as, is compared with something. */
export const COMPARISON: Clue = { kind: "use", use: "keep-prob", operand: /(?<!=)[<>]/ };

/** Where numbers are drawn. */
export const DRAW: Clue = { kind: "use", use: "random" };

/** Where a generator of normal numbers is called under the name that NumPy has for it. */
export const NORMAL_DRAWS: Clue = { kind: "use", use: "random", operand: /randn/ };

/** Where a mask is made once more: drawn and compared in one expression, or else drawn. */
export const REDRAWN: readonly Clue[] = [
  { kind: "use", use: "keep-prob", operand: /rand|rng|draw/i },
  DRAW,
];

/**
 * Where a mask that serves all examples (or all units) is drawn: a generator that is asked for one
 * column (or row), or else the first place that holds one.
 */
export function drawnOnce(f: ForwardSummary, line: "column" | "row"): Clue[] {
  const layer = showcase(f)?.layers[0];
  const pattern = layer?.own.D ?? layer?.pattern;
  if (!pattern) return [];
  const column = B.block(pattern.rows, 1, (i) => B.at(pattern, i, 0));
  const row = B.block(1, pattern.cols, (_, j) => B.at(pattern, 0, j));
  return [
    { kind: "use", use: "random", operand: /\.rand/ },
    { kind: "value", values: [line === "column" ? column : row] },
  ];
}

/** What the cache holds as a mask that keeps all units, if it does, where it is made for this layer. */
export function fullMask(f: ForwardSummary, layer: Layer): Clue[] {
  const layers = showcase(f)?.layers ?? [];
  const isFull = (D: Block | undefined): D is Block =>
    D !== undefined && D.data.length > 1 && D.data.every((d) => d === D.data[0] && d !== 0);
  const D = layers[layer - 1]?.own.D;
  const other = layers[2 - layer]?.own.D;
  if (!isFull(D)) return [];
  return [{ kind: "value", values: [D], alike: isFull(other) ? [other] : [], isUsed: true }];
}

/** The mask of one layer, where it is made for this one alone. */
export function ownMask(f: ForwardSummary, layer: Layer): Clue {
  const l = showcase(f)?.layers[layer - 1];
  return { kind: "value", values: l ? [l.own.D, l.pattern].flatMap((D) => D ?? []) : [] };
}

/** The activation masked, and masked and scaled, although it was not handed on. */
export function maskedActivation(f: ForwardSummary, layer: Layer | undefined): Clue {
  const m = showcase(f);
  const l = m?.layers[(layer ?? 1) - 1];
  const D = l?.own.D;
  if (!m || !l || !D || !B.sameShape(D, l.relu)) return { kind: "value", values: [] };
  const masked = B.zip(l.relu, D, (r, d) => (d === 0 ? 0 : r));
  return { kind: "value", values: [masked, B.scaled(masked, 1 / m.keep_prob)] };
}

/** Where a value, if one is known, stands under a name of its own. */
export function named(name: RegExp, value: Block | undefined): Extract<Clue, { kind: "named" }> {
  return { kind: "named", name, ...(value ? { value } : {}) };
}

/** The call with the fewest numbers: every step of a small one is watched. */
export function smallest<Measure extends { n1: number; m: number }>(
  measures: readonly Measure[],
): Measure | undefined {
  return measures.toSorted((a, b) => a.n1 * a.m - b.n1 * b.m)[0];
}

/** The activation of the cache, whatever it is called where it is made. */
export function activation(f: ForwardSummary, layer: Layer): Clue {
  const own = showcase(f)?.layers[layer - 1]?.own.A;
  return { kind: "value", values: own ? [own] : [] };
}

/**
 * Numbers that stand in the place of 1/keep_prob, as they may be written. Like keep_prob they are
 * sooner a part of 1 than a whole number, which may be there for anything.
 */
export function numbers(factors: readonly number[]): Clue[] {
  const all = factors.flatMap((x) => [x, 1 / x]);
  const parts = all.filter((x) => x < 1);
  if (all.length === 0) return [];
  return [...(parts.length > 0 ? [parts] : []), all].map((values): Clue => ({
    kind: "number",
    values,
  }));
}

/** The activation, once the units were dropped that were seen to be, and once it was done with. */
export function applied(f: ForwardSummary, layer: Layer): Clue {
  const l = showcase(f)?.layers[layer - 1];
  const isSeen = l && B.sameShape(l.pattern, l.relu);
  const masked = isSeen ? [B.zip(l.relu, l.pattern, (r, p) => (p === 1 ? r : 0))] : [];
  return { kind: "value", values: [...masked, ...(l?.own.A ? [l.own.A] : [])] };
}

/** What the cache holds as a mask, where it first appears. */
export function cachedMask(
  f: ForwardSummary,
  layer: Layer | undefined,
): Extract<Clue, { kind: "value" }> {
  const [one, two] = showcase(f)?.layers ?? [];
  const [own, other] = layer === 2 ? [two?.own.D, one?.own.D] : [one?.own.D, two?.own.D];
  return { kind: "value", values: own ? [own] : [], alike: other ? [other] : [], stored: true };
}

/** Where something is put aside under a key of the cache: the last time, or the first. */
export function cachedAs(
  f: ForwardSummary,
  { key, layer = 1, time }: { key: "A" | "D"; layer: Layer | undefined; time: "first" | "last" },
): Extract<Clue, { kind: "named" }> {
  const own = showcase(f)?.layers[layer - 1]?.own[key];
  const name = new RegExp(
    `^(${key}${layer}|.*[[.]["'\`]?${key}(${layer}|\\$\\{.*\\})["'\`]?\\]?)$`,
  );
  return { ...named(name, own), last: time === "last" };
}

/** A of the cache, masked and scaled once more. */
export function rescaledActivations({ measures }: BackwardSummary, call: string | undefined): Clue {
  const m = measures.find((x) => x.id === call);
  if (!m) return { kind: "value", values: [] };
  const again = (A: Block, D: Block) => B.scaled(B.times(A, D), 1 / m.keep_prob);
  const { A1, A2, D1, D2 } = m.given;
  return { kind: "value", values: [again(A2, D2), again(A1, D1)] };
}

/** The activation of the cache scaled by 1/keep_prob, where that is made on the way and not kept. */
export function scaledOnTheWay(f: ForwardSummary, layer: Layer = 1): Clue {
  const m = showcase(f);
  const A = m?.layers[layer - 1]?.own.A;
  return { kind: "value", values: m && A ? [B.scaled(A, 1 / m.keep_prob)] : [], unnamed: true };
}

/** What that call was given, or the output it should have had, with some entries set to 0. */
export function maskedInput(
  f: ForwardSummary,
  call: string | undefined,
  ...names: (keyof ForwardMeasure["given"])[]
): Clue {
  const m = f.measures.find(({ id }) => id === call);
  return { kind: "masked", of: m ? names.map((name) => m.given[name]) : [] };
}

/** The input multiplied by 1/keep_prob. */
export function scaledInput(f: ForwardSummary): Clue {
  const m = showcase(f);
  return { kind: "value", values: m ? [B.scaled(m.given.X, 1 / m.keep_prob)] : [] };
}
