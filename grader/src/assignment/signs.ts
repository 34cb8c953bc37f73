/** Signs of what a program does with dropout, in what was measured: for its names and for its lines. */

import type {
  BackwardLayerMeasure,
  BackwardMeasure,
  BackwardPattern,
  BackwardSummary,
  ForwardSummary,
  Layer,
  LayerMeasure,
} from "../model/measurement.ts";
import type { Facts, SourceUse } from "../model/program.ts";

const LAYERS = [1, 2] as const;

/** The layers in which some unit was dropped in some call. */
export function droppingLayers(f: ForwardSummary): Layer[] {
  return LAYERS.filter((layer) =>
    f.measures.some((m) => {
      const l = m.layers[layer - 1];
      return l !== undefined && l.kept < l.live;
    }),
  );
}

/** The layers whose cached mask has zeros in some call. */
export function maskedLayers(f: ForwardSummary): Layer[] {
  return LAYERS.filter((layer) =>
    f.measures.some((m) => m.keep_prob < 1 && (m.layers[layer - 1]?.cachedMaskShare ?? 1) < 1),
  );
}

/** The layers whose mask is in no cache, at any keep_prob. */
export function withoutMask(f: ForwardSummary): Layer[] {
  return LAYERS.filter(
    (layer) =>
      f.measures.length > 0 &&
      f.measures.every(({ layers }) => layers[layer - 1]?.cachedMask === "missing"),
  );
}

/** What the cached mask holds beside 0 is `unit`: 1, or a scale. False where it is no one number. */
export function holdsUnit({ maskUnit }: LayerMeasure, unit: number): boolean {
  return maskUnit !== undefined && Math.abs(maskUnit - unit) <= 1e-3 * unit;
}

/** The layers that were dropped in the cache, while the next layer reads relu(Z). */
export function unusedLayers(f: ForwardSummary): Layer[] {
  return LAYERS.filter((layer) =>
    f.measures.some((m) => {
      const l = m.layers[layer - 1];
      return l?.reads === "relu" && l.cachedKept < l.live;
    }),
  );
}

/** The layers that were dropped for the next layer, while the cache holds all units. */
export function cachedBeforeDropout(f: ForwardSummary): Layer[] {
  return LAYERS.filter((layer) =>
    f.measures.some((m) => {
      const l = m.layers[layer - 1];
      return l !== undefined && l.reads !== "cached" && l.kept < l.live && l.cachedKept === l.live;
    }),
  );
}

/** A layer is there or gone as a whole, although a number was drawn for each of its units. */
export function dropsAllAtOnce(f: ForwardSummary): boolean {
  const enough = f.measures.every((m) => m.draws === 0 || m.draws >= (m.n1 + m.n2) * m.m);
  return enough && !f.usesMathRandom && f.sharing.includes("single");
}

/** The scale that one layer lacks comes with that of the other: one mistake, and neither "none" nor "twice". */
export function scalesElsewhere(f: ForwardSummary): boolean {
  const laws = f.ratio.map(({ law }) => law);
  return laws.includes("one") && laws.includes("inverse-keep-squared");
}

/**
 * What reads a layer is scaled in its place, bias and all: Z3 in every call that drops units, and layer 1
 * itself is not. What comes of the scale in Z2 looks like one of layer 2.
 */
export function scalesNextLinear(f: ForwardSummary): boolean {
  const dropping = f.measures.filter((m) => m.keep_prob < 1 && m.notFinite.length === 0);
  const isScaled = dropping.every((m) => m.outputLinear === "scaled");
  return f.ratio[0].law === "one" && dropping.length > 0 && isScaled;
}

/** What was measured of a hidden layer in one call of backward, which comes to layer 2 first. */
export function backwardLayer({ layers }: BackwardMeasure, layer: Layer): BackwardLayerMeasure {
  return layers[layer === 2 ? 0 : 1];
}

/** Where the source of `predict` calls the forward pass. */
export function forwardCallsOfPredict({ uses }: Facts): SourceUse[] {
  return uses.filter(
    ({ callee, reachedFrom }) =>
      callee === "forward_propagation_with_dropout" && reachedFrom.includes("predict"),
  );
}

/** The layers whose `dA` is returned with the mask on, although `dZ` was made without it. */
export function maskedLate(b: BackwardSummary): Layer[] {
  return LAYERS.filter(
    (layer) =>
      b.patterns[layer - 1] === "all" &&
      b.scale[layer - 1]?.law === "one" &&
      b.dADropped[layer - 1]?.law === "zero" &&
      b.dAKept[layer - 1]?.law !== "one",
  );
}

/**
 * In every call that shows it, the gradient of units with a negative Z passes as that of the others
 * does: there is no ReLU derivative, or one that is 1 everywhere.
 */
export function deadPassAsLive(b: BackwardSummary, layer: Layer): boolean {
  const telling = b.measures
    .filter((m) => m.notFinite.length === 0)
    .map((m) => backwardLayer(m, layer))
    .filter(({ deadKept, through }) => deadKept !== undefined && through !== undefined);
  return (
    telling.length > 0 &&
    telling.every(({ deadKept, through }) => {
      const factor = through?.median ?? Number.NaN;
      const isFactor = (x = Number.NaN) => Math.abs(x / factor - 1) < 1e-2;
      return isFactor(deadKept?.min) && isFactor(deadKept?.max);
    })
  );
}

/** Signs and names of comparisons that are true (or false) of 0 as of the positive numbers: `x >= 0`, `x < 0`. */
const OF_ZERO = /(^|\.)(>=|<|gte|ge|greater(Than)?(Or)?Equal|lt|less(Than)?)$/i;
/** The same where 0 comes first: `0 <= x`, `0 > x`. */
const ZERO_FIRST = /^(<=|>)$/;
/** And the same with a number below 0: `x > -1e-12`. */
const OVER_LESS = /(^|\.)(>=?|gte?|ge|greater(Than)?(OrEqual|Equal)?)$/i;
const ZERO = /^-?0(\.0*)?$/;
const BELOW = /^-(\d*\.?\d+)(e-?\d+)?$/i;

/**
 * The comparisons in backward alone that take a 0 for a positive number, of A for all units. Where
 * the other layer is right, one that speaks of this layer's A: any other may be what is right there.
 */
export function slopesOfZero(
  { uses }: Pick<Facts, "uses">,
  b: BackwardSummary,
  layer: Layer,
): SourceUse[] {
  const found = uses.filter(
    (use) =>
      use.kind === "compare" &&
      use.reachedFrom.every((fn) => fn === "backward_propagation_with_dropout") &&
      takesZero(use),
  );
  const own = new RegExp(`\\bA${layer}\\b`, "i");
  const isBoth = LAYERS.every((each) => deadPassAsLive(b, each));
  return isBoth ? found : found.filter(({ operands }) => operands.some((text) => own.test(text)));
}

function takesZero({ detail, operands }: SourceUse): boolean {
  // A library's own name may come first: `np.greater(A, 0)`.
  const [left = "", right = ""] = operands.slice(-2);
  if (ZERO.test(left)) return ZERO_FIRST.test(detail);
  return ZERO.test(right) ? OF_ZERO.test(detail) : BELOW.test(right) && OVER_LESS.test(detail);
}

/**
 * In each call that shows units of both kinds, the gradient of the layer passed in this way. Where
 * the student's own A is masked, its sign can do the work of a mask: caches of the grader's decide.
 */
export function passesAlways(b: BackwardSummary, layer: Layer, pattern: BackwardPattern): boolean {
  const dropping = b.measures.filter((m) => m.keep_prob < 1 && m.notFinite.length === 0);
  const made = dropping.filter((m) => m.cache === "made");
  const telling = (made.length > 0 ? made : dropping)
    .map((m) => backwardLayer(m, layer))
    .filter(({ dZ }) => dZ.kept !== undefined && dZ.dropped !== undefined);
  return telling.length > 0 && telling.every((l) => l.pattern === pattern);
}

/**
 * dW is too large by 1/keep_prob: what is masked and scaled already was so once more. On the grader's
 * caches, whose A is not masked, the mask shows as well; without it something else has the factor.
 */
export function scalesActivationsAgain({ measures }: BackwardSummary): boolean {
  const scaled = measures.flatMap((m) =>
    [m.gradients.dW3, m.gradients.dW2].flatMap((g) =>
      m.keep_prob < 1 &&
      g.state === "multiple" &&
      Math.abs((g.factor ?? 0) * m.keep_prob - 1) < 1e-3
        ? [{ cache: m.cache, isMasked: g.ofMasked === true }]
        : [],
    ),
  );
  return scaled.some(({ isMasked }) => isMasked) || isOwnOnly(scaled);
}

function isOwnOnly(scaled: readonly { cache: "own" | "made" }[]): boolean {
  return scaled.length > 0 && scaled.every(({ cache }) => cache === "own");
}
