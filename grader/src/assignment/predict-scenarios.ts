/**
 * Inputs for `predict`, which shows nothing but labels. Labels hide much: `* keep_prob` changes 2
 * of 200 on the course's data. So the inputs lie along a line, close to both sides of the
 * boundary, and where along it the label turns tells what the hidden layers are multiplied by.
 */

import type { Block, Extreme } from "../model/observation.ts";
import * as B from "./block.ts";
import { plainForward, type Parameters } from "./network.ts";
import { mixedNetwork } from "./scenarios.ts";

/** Where a label turns tells a factor of the hidden layers to about one part in a hundred. */
export const FACTOR_KNOWN_TO = 0.02;

type Random = () => number;

export interface PredictScenario {
  id: string;
  X: Block;
  parameters: Parameters;
  /** What the plain network gives. (1, m) */
  A3: Block;
  /** Scenarios that name the same here are given the very same X, or parameters, as those who train have them. */
  objects?: { X?: string; parameters?: string };
  /** Numbers from `Math.random` are such that whatever drops units drops most, however seldom it does. */
  extreme?: Extreme;
}

/**
 * Columns along a line: with the hidden layers multiplied by s1 and s2, the logit of the column
 * at x is gain · (s2 · (s1 · (x + q) + r) - c).
 */
export interface LineScenario extends PredictScenario {
  id: LineId;
  /** By column. */
  x: Float64Array;
  q: number;
  r: number;
  c: number;
  gain: number;
}

export interface PredictScenarios {
  mixed: PredictScenario;
  /** The same with numbers from `Math.random` of which most are next to one end. */
  again: readonly PredictScenario[];
  /** The very X of `mixed`, with parameters that give every column the other label. */
  trained: PredictScenario;
  /** One of its examples, with the very parameters of `trained`. */
  single: PredictScenario;
  /** c is far larger than q and r: what counts is s1 · s2 · x. */
  productLine: LineScenario;
  /** r = c / 2: what counts is s1 · s2 · x + s2 · r. */
  sumLine: LineScenario;
  /** A larger gain: tells another threshold from another scale. */
  thresholdLine: LineScenario;
}

export function predictScenarios(random: Random): PredictScenarios {
  const line = (id: LineId, xs: number[]) => lineScenario(random, { id, xs });
  const asked = { ...mixed(random, "predict-mixed", 15), objects: { X: "predict" } };
  const trained = turned(asked);
  return {
    mixed: asked,
    again: (["high", "low"] as const).map((extreme) => ({
      ...{ ...asked, extreme },
      id: `${asked.id}-${extreme}`,
    })),
    trained,
    single: firstOf(trained),
    productLine: line(
      "predict-product",
      AROUND.map((f) => f * boundary("predict-product")),
    ),
    sumLine: line(
      "predict-sum",
      AROUND.map((f) => f * boundary("predict-sum")),
    ),
    thresholdLine: line(
      "predict-threshold",
      LOGITS.map((z) => z + boundary("predict-threshold")),
    ),
  };
}

export const TRAINED = "predict-trained";

/** W3 and b3 of the other sign, as after a step of training that was far too large. */
function turned(scenario: PredictScenario): PredictScenario {
  const { parameters, A3 } = scenario;
  const W3 = B.scaled(parameters.W3, -1);
  const b3 = B.scaled(parameters.b3, -1);
  const other = B.map(A3, (a) => 1 - a);
  const objects = { ...scenario.objects, parameters: "predict" };
  return { ...scenario, id: TRAINED, parameters: { ...parameters, W3, b3 }, A3: other, objects };
}

/** The first of the examples alone: what is kept with the parameters are the labels of all. */
function firstOf({ X, parameters, A3 }: PredictScenario): PredictScenario {
  const first = (a: Block) => B.block(a.rows, 1, (i) => B.at(a, i, 0));
  const objects = { parameters: "predict" };
  return { id: "predict-one", X: first(X), parameters, A3: first(A3), objects };
}

/** The same line with other columns, for a closer look. */
export function closerLook(
  random: Random,
  id: LineId,
  [low, high]: [number, number],
): LineScenario {
  return lineScenario(random, {
    id,
    xs: Array.from({ length: 40 }, (_, k) => low * (high / low) ** (k / 39)),
  });
}

/** Gains that keep |Z3| below 15 along the whole line: a sigmoid that saturates hides probabilities. */
const LINES = {
  "predict-product": { q: 1e-3, r: 1e-3, c: 2, gain: 0.085 },
  "predict-sum": { q: 1e-3, r: 1, c: 2, gain: 0.085 },
  "predict-threshold": { q: 1e-3, r: 1e-3, c: 4, gain: 1 },
} as const;

export type LineId = keyof typeof LINES;

/** The x at which the plain network's label turns. */
function boundary(id: LineId): number {
  const { q, r, c } = LINES[id];
  return c - q - r;
}

/** Factors around the boundary: from 1/80 to 80 times, and as close as 0.5%. */
const AROUND = [
  ...[0.0125, 0.02, 0.03, 0.045, 0.07, 0.1, 0.15, 0.22, 0.32, 0.45, 0.6, 0.72, 0.8, 0.88],
  ...[0.94, 0.97, 0.985, 0.995, 1.005, 1.015, 1.03, 1.06, 1.12, 1.2, 1.35, 1.6, 2, 2.7],
  ...[3.6, 5, 7, 10, 14, 20, 30, 45, 80],
];

/** Logits on both sides of 0, for thresholds from 0.03 to 0.98, and far out for a network that is scaled down. */
const LOGITS = [
  ...[-3.5, -3, -2.4, -1.9, -1.4, -1, -0.7, -0.45, -0.3, -0.2, -0.1, -0.04],
  ...[0.04, 0.1, 0.2, 0.3, 0.45, 0.7, 1, 1.4, 2, 3, 4, 6, 8.5, 11],
];

function mixed(random: Random, id: string, m: number): PredictScenario {
  for (;;) {
    const { X, parameters } = mixedNetwork(random, { nx: 3, n1: 7, n2: 5, n3: 1, m });
    const { Z3, A3 } = plainForward(X, parameters);
    const both = Z3.data.some((z) => z > 0) && Z3.data.some((z) => z < 0);
    const isTelling = OMISSIONS.every((omit) => flips(Z3, omit(X, parameters)) >= 2);
    if (both && isTelling && Z3.data.every((z) => Math.abs(z) > CLEAR)) {
      const order = withEnds([...A3.data.keys()], (j) => (Z3.data[j] ?? 0) < 0);
      const inOrder = (a: Block) => B.block(a.rows, m, (i, j) => B.at(a, i, order[j] ?? j));
      return { id, X: inOrder(X), parameters, A3: inOrder(A3) };
    }
  }
}

/** Logits as near to 0 as this are near 0.5 to within what single precision can tell. */
const CLEAR = 0.01;

/** Z3 of a network from which something was left out. */
const OMISSIONS: readonly ((X: Block, p: Parameters) => Block)[] = [
  (X, p) => logits(X, p, [B.relu, same]),
  (X, p) => logits(X, p, [same, B.relu]),
  (X, p) => logits(X, p, [same, same]),
  ...(["b1", "b2", "b3"] as const).map(
    (name) => (X: Block, p: Parameters) =>
      logits(X, { ...p, [name]: B.scaled(p[name], 0) }, [B.relu, B.relu]),
  ),
];

const same = (Z: Block): Block => Z;

type Activation = (Z: Block) => Block;

function logits(X: Block, p: Parameters, [first, second]: [Activation, Activation]): Block {
  const A1 = first(B.linear(p.W1, X, p.b1));
  return B.linear(p.W3, second(B.linear(p.W2, A1, p.b2)), p.b3);
}

/** How many labels are clearly the other ones. */
function flips(Z3: Block, other: Block): number {
  return Z3.data.filter((z, k) => {
    const found = other.data[k] ?? 0;
    return Math.abs(found) > CLEAR && found > 0 !== z > 0;
  }).length;
}

/**
 * The same columns, one of a kind first and one last. A loop that never comes to the first or the
 * last example leaves there what the labels began with, which shows where that is wrong.
 */
function withEnds<Column>(columns: Column[], isOfKind: (column: Column) => boolean): Column[] {
  const ends = columns.filter(isOfKind).slice(0, 2);
  if (ends.length < 2) return columns;
  return [...ends.slice(0, 1), ...columns.filter((c) => !ends.includes(c)), ...ends.slice(1)];
}

/** n_x = 2, n1 = 3, n2 = 2; the second input is noise that W1 ignores; columns in random order but for the ends. */
function lineScenario(random: Random, { id, xs }: { id: LineId; xs: number[] }): LineScenario {
  const { q, r, c, gain } = LINES[id];
  const order = xs.map((x) => ({ x, key: random() })).toSorted((a, b) => a.key - b.key);
  // The ends have label 0 in one line and in "predict-mixed", and label 1 in the other lines.
  const ends = id === "predict-sum" ? 0 : 1;
  // The farthest of them: next to the boundary, a wrong label would look like another boundary.
  const ascending = xs.toSorted((a, b) => a - b);
  const farthest = ends === 1 ? ascending.slice(-2) : ascending.slice(0, 2);
  const x = Float64Array.from(
    withEnds(order, (o) => farthest.includes(o.x)),
    (o) => o.x,
  );
  const share = [0.5, 0.3, 0.2];
  const parameters: Parameters = {
    W1: B.block(3, 2, (_, j) => (j === 0 ? 1 : 0)),
    b1: B.block(3, 1, () => q),
    W2: B.block(2, 3, (_, j) => share[j] ?? 0),
    b2: B.block(2, 1, () => r),
    W3: B.block(1, 2, (_, j) => gain * (j === 0 ? 0.6 : 0.4)),
    b3: B.block(1, 1, () => -gain * c),
  };
  const X = B.block(2, x.length, (i, j) => (i === 0 ? (x[j] ?? 0) : random() - 0.5));
  return { id, X, parameters, A3: plainForward(X, parameters).A3, x, q, r, c, gain };
}
