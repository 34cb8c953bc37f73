/**
 * The inputs that a submission is run on. All numbers come from the `random` that is handed in,
 * uniform in [0, 1), so that one seed gives one set of scenarios.
 *
 * Fairness (contract.md): no Z is exactly 0, no draw exactly 0, keep_prob or 1 - keep_prob, |Z3|
 * stays below 15.
 */

import type { Block } from "../model/observation.ts";
import * as B from "./block.ts";
import { plainForward, type Parameters, type Shape } from "./network.ts";

type Random = () => number;

/** One call of the forward pass: inputs, keep_prob and the numbers that its `rng` returns. */
export interface ForwardScenario {
  id: string;
  shape: Shape;
  keep_prob: number;
  X: Block;
  parameters: Parameters;
  draws: Float64Array;
  /** True where every unit of both layers is live whatever the mask, so that the kept share can be counted. */
  live: boolean;
  /** Called without an `rng`, so with its default. */
  withoutRng?: boolean;
  /** Scenarios that name the same here are given the very same X and parameters. */
  objects?: string;
}

const between = (random: Random, low: number, high: number) => low + (high - low) * random();

/** Of a size in [0.2, 1] times `size`, of either sign: away from 0. */
const signed = (random: Random, size: number) =>
  (random() < 0.5 ? -1 : 1) * between(random, 0.2, 1) * size;

/** A network in which about half of the units are live, and none is near 0. */
export function mixedNetwork(random: Random, s: Shape): { X: Block; parameters: Parameters } {
  for (;;) {
    const network = mixedCandidate(random, s);
    const { Z1, Z2, Z3 } = plainForward(network.X, network.parameters);
    if (isMixed(Z1) && isMixed(Z2) && B.largest(Z3) < 10) return network;
  }
}

function mixedCandidate(random: Random, s: Shape): { X: Block; parameters: Parameters } {
  const weights = (rows: number, cols: number) =>
    B.block(rows, cols, () => signed(random, 1.6 / Math.sqrt(cols)));
  const bias = (rows: number, size: number) => B.block(rows, 1, () => signed(random, size));
  return {
    X: B.block(s.nx, s.m, () => signed(random, 1.5)),
    parameters: {
      W1: weights(s.n1, s.nx),
      b1: bias(s.n1, 0.5),
      W2: weights(s.n2, s.n1),
      b2: bias(s.n2, 0.5),
      W3: weights(s.n3, s.n2),
      b3: bias(s.n3, 0.3),
    },
  };
}

/** Enough live units to see a mask, at least one dead one, and no entry next to 0. */
function isMixed(Z: Block): boolean {
  const live = Z.data.filter((z) => z > 0).length;
  const clear = Z.data.every((z) => Math.abs(z) > 1e-3);
  return clear && live >= Math.max(3, 0.35 * Z.data.length) && live < Z.data.length;
}

/** A network in which every hidden unit is positive, whatever is dropped. */
function liveNetwork(random: Random, s: Shape): { X: Block; parameters: Parameters } {
  const positive = (rows: number, cols: number, size: number) =>
    B.block(rows, cols, () => between(random, 0.3, 1) * size);
  return {
    X: B.block(s.nx, s.m, () => signed(random, 1)),
    parameters: {
      W1: B.block(s.n1, s.nx, () => signed(random, 0.8 / s.nx)),
      // More than |W1·X| can take away, so that Z1 stays positive.
      b1: B.block(s.n1, 1, () => between(random, 1, 2)),
      W2: positive(s.n2, s.n1, 1 / s.n1),
      b2: positive(s.n2, 1, 1),
      W3: B.block(s.n3, s.n2, () => signed(random, 1.2 / s.n2)),
      b3: B.block(s.n3, 1, () => signed(random, 0.4)),
    },
  };
}

/**
 * Uniform draws of which exactly a share p is below p, up to one draw in each `n`: one from
 * each of `n` equal strata, shuffled (Fisher–Yates), three times over, since a program may draw
 * more than it needs. `n` is the number of units times examples of both layers.
 */
function stratifiedDraws(random: Random, n: number, keep_prob: number): Float64Array {
  const draws = new Float64Array(3 * n);
  for (let start = 0; start < draws.length; start += n) {
    for (let i = 0; i < n; i++) draws[start + i] = stratum(random, { i, n, keep_prob });
    for (let i = n - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      const held = draws[start + i] ?? 0;
      draws[start + i] = draws[start + j] ?? 0;
      draws[start + j] = held;
    }
  }
  return draws;
}

/** A number inside stratum i of n, and not where a comparison could go either way. */
function stratum(random: Random, { i, n, keep_prob }: { i: number; n: number; keep_prob: number }) {
  const u = (i + between(random, 0.1, 0.9)) / n;
  const near = (threshold: number) => Math.abs(u - threshold) < 1e-6;
  return near(keep_prob) || near(1 - keep_prob) ? u + 3e-6 : u;
}

/** How much more a loud network shows of what is cut off at some size. */
const LOUD = 20;

/** A3 comes as near as 0.0025 to 0 or 1, and in single precision 1 - A3 is exact enough still. */
const LOUDEST_LOGIT = 6;

/**
 * The same network in other units: activations are 400 and 20 times as large and the weights'
 * gradients 20 times; Z3 is stretched to its largest. What is cut off at 1, at 6 or at 100 shows, and
 * an A3 that is kept away from 0 and 1.
 */
function louder({ X, parameters: p }: { X: Block; parameters: Parameters }) {
  const stretch = LOUDEST_LOGIT / B.largest(plainForward(X, p).Z3);
  const parameters = {
    W1: B.scaled(p.W1, 1 / LOUD),
    b1: B.scaled(p.b1, LOUD ** 2),
    W2: B.scaled(p.W2, 1 / LOUD),
    b2: B.scaled(p.b2, LOUD),
    W3: B.scaled(p.W3, stretch / LOUD),
    b3: B.scaled(p.b3, stretch),
  };
  return { X: B.scaled(X, LOUD ** 3), parameters };
}

interface Plan {
  id: string;
  /** n_x, n1, n2, n3, m. */
  sizes: [number, number, number, number, number];
  keep_prob: number;
  live: boolean;
  loud?: boolean;
}

/** The numbers of a plan. */
function networkOf(random: Random, { live, loud = false, sizes }: Plan) {
  const [nx, n1, n2, n3, m] = sizes;
  const shape = { nx, n1, n2, n3, m };
  const network = (live ? liveNetwork : mixedNetwork)(random, shape);
  return { shape, ...(loud ? louder(network) : network) };
}

/**
 * Several keep_prob (0.5 hides half of all mistakes), one with two decimals, one small. Shapes in
 * which no two sizes agree, two square ones (one with all units live), one with a single example,
 * and one wide enough to tell independent masks from shared ones. `n2 > n1` in "mixed", so that
 * what layer 2 reads can be solved for.
 */
const FORWARD_PLANS: readonly Plan[] = [
  { id: "live-0.8", sizes: [3, 10, 12, 1, 11], keep_prob: 0.8, live: true },
  { id: "wide-0.6", sizes: [2, 16, 14, 1, 46], keep_prob: 0.6, live: true },
  { id: "live-0.3", sizes: [3, 9, 11, 1, 12], keep_prob: 0.3, live: true },
  { id: "live-0.86", sizes: [2, 11, 11, 1, 13], keep_prob: 0.86, live: true },
  { id: "live-0.05", sizes: [2, 8, 6, 1, 9], keep_prob: 0.05, live: true },
  { id: "mixed-0.8", sizes: [4, 5, 7, 1, 9], keep_prob: 0.8, live: false },
  { id: "square-0.6", sizes: [3, 6, 6, 1, 8], keep_prob: 0.6, live: false },
  { id: "one-0.3", sizes: [3, 12, 11, 1, 1], keep_prob: 0.3, live: true },
  { id: "plain", sizes: [4, 6, 5, 1, 7], keep_prob: 1, live: false, loud: true },
  { id: "plain-live", sizes: [2, 7, 8, 1, 9], keep_prob: 1, live: true },
];

function forwardScenario(random: Random, plan: Plan): ForwardScenario {
  const network = networkOf(random, plan);
  const { n1, n2, m } = network.shape;
  const draws = stratifiedDraws(random, (n1 + n2) * m, plan.keep_prob);
  const { id, keep_prob, live } = plan;
  return { id, keep_prob, live, draws, ...network };
}

export function forwardScenarios(random: Random): ForwardScenario[] {
  return FORWARD_PLANS.map((plan) => forwardScenario(random, plan));
}

/** The same inputs with other draws: a right program drops other units. */
export function withOtherDraws(random: Random, scenario: ForwardScenario): ForwardScenario {
  const { n1, n2, m } = scenario.shape;
  const draws = stratifiedDraws(random, (n1 + n2) * m, scenario.keep_prob);
  return { ...scenario, id: `${scenario.id}-other-draws`, draws };
}

/**
 * The shape of the course's own test case (n_x = 3, n1 = 2, n2 = 3, m = 5), for programs that
 * work for this shape only.
 */
export function courseShapeScenarios(random: Random): ForwardScenario[] {
  return [0.8, 0.3, 1].map((keep_prob) =>
    forwardScenario(random, {
      id: `course-${keep_prob}`,
      sizes: [3, 2, 3, 1, 5],
      keep_prob,
      live: true,
    }),
  );
}

/** A cache that the grader makes: `A` not masked, `D` given, everything else a consistent chain. */
export interface BackwardScenario {
  id: string;
  shape: Shape;
  keep_prob: number;
  X: Block;
  Y: Block;
  /** By the names of the contract's cache; D holds 0 and 1. */
  cache: Record<string, Block>;
}

const BACKWARD_PLANS: readonly Plan[] = [
  { id: "made-0.8", sizes: [4, 6, 7, 1, 9], keep_prob: 0.8, live: false },
  { id: "made-square-0.6", sizes: [3, 6, 6, 1, 8], keep_prob: 0.6, live: false },
  { id: "made-0.3", sizes: [2, 7, 5, 1, 6], keep_prob: 0.3, live: false },
  { id: "made-0.86", sizes: [5, 4, 6, 1, 10], keep_prob: 0.86, live: false },
  { id: "made-1", sizes: [3, 5, 4, 1, 7], keep_prob: 1, live: false, loud: true },
];

export function backwardScenarios(random: Random): BackwardScenario[] {
  return BACKWARD_PLANS.map((plan) => {
    const { shape, X, parameters } = networkOf(random, plan);
    const { Z1, A1, Z2, A2, Z3, A3 } = plainForward(X, parameters);
    const D1 = mask(random, Z1, plan.keep_prob);
    const D2 = mask(random, Z2, plan.keep_prob);
    return {
      id: plan.id,
      shape,
      keep_prob: plan.keep_prob,
      X,
      Y: labels(random, shape.m),
      cache: { Z1, D1, A1, Z2, D2, A2, Z3, A3, ...parameters },
    };
  });
}

/** (1, m) of 0 and 1, both present where m > 1. */
export function labels(random: Random, m: number): Block {
  const Y = B.block(1, m, () => (random() < 0.5 ? 1 : 0));
  if (m > 1) {
    Y.data[0] = 0;
    Y.data[1] = 1;
  }
  return Y;
}

/**
 * A mask over the live and the dead units of Z alike, which keeps at least one and drops at least
 * one live unit (unless keep_prob is 1): otherwise there would be nothing to see.
 */
function mask(random: Random, Z: Block, keep_prob: number): Block {
  if (keep_prob === 1) return B.map(Z, () => 1);
  for (;;) {
    const D = B.map(Z, () => (random() < keep_prob ? 1 : 0));
    const live = (keep: number) => D.data.some((d, k) => d === keep && (Z.data[k] ?? 0) > 0);
    if (live(1) && live(0)) return D;
  }
}
