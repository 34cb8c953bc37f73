import * as B from "../assignment/block.ts";
import { droppingLayers } from "../assignment/signs.ts";
import type { Clue, Culprit } from "../model/diagnosis.ts";
import type { ForwardMeasure, ForwardSummary, Layer } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";

export const FORWARD = "forward_propagation_with_dropout";

/** The layers for which something holds. */
export function layersOf(holds: (layer: Layer) => boolean): Layer[] {
  return ([1, 2] as const).filter(holds);
}

/** No zero was added to the layer, or to either of them, at any keep_prob. */
export function nothingDropped(f: ForwardSummary, layer?: Layer): boolean {
  const dropping = droppingLayers(f);
  return layer ? !dropping.includes(layer) : dropping.length === 0;
}

/**
 * The call that shows most: units of both signs, so that Z is not relu(Z), kept ones and dropped
 * ones, and no number written in the place of keep_prob that happens to be right.
 */
export function showcase(f: ForwardSummary): ForwardMeasure | undefined {
  const written = [
    ...f.kept.flatMap(({ law, value }) => (law === "constant" ? (value ?? []) : [])),
    ...f.ratio.flatMap(({ law, value }) => (law === "constant" && value ? 1 / value : [])),
  ];
  const shows = (m: ForwardMeasure) => m.keep_prob < 1 && m.m > 1 && m.notFinite.length === 0;
  const differs = (m: ForwardMeasure) => isAway(m.keep_prob, written);
  return (
    f.measures.find((m) => shows(m) && !m.live && differs(m)) ??
    f.measures.find((m) => shows(m) && !m.live) ??
    f.measures.find(shows) ??
    f.measures[0]
  );
}

/** None of the numbers, which were measured over a few units, may be keep_prob. */
export function isAway(keep_prob: number, written: readonly number[]): boolean {
  return written.every((value) => Math.abs(value - keep_prob) > 0.05);
}

export type Quantity = "D" | "A" | "Z" | "A3";

/** The student's own value of a quantity; a helper may make it for both layers. */
export function forwardCulprit(f: ForwardSummary, quantity: Quantity, layer: Layer): Culprit {
  return culpritIn(showcase(f), quantity, layer);
}

/** Where the next layer reads the activation: its Z. That of the output is not in the cache, but A3 leads back to it. */
export function readCulprit(f: ForwardSummary, layer: Layer): Culprit {
  if (layer === 1) return forwardCulprit(f, "Z", 2);
  const shown = showcase(f);
  const culprit = culpritIn(shown, "A3", 2);
  const A3 = shown?.outputOwn;
  if (!A3) return culprit;
  const Z3 = B.map(A3, (a) => Math.log(a / (1 - a)));
  return { ...culprit, clues: [{ kind: "value", values: [Z3] }, ...culprit.clues] };
}

/** The same in a call of the caller's choice. */
export function culpritIn(
  shown: ForwardMeasure | undefined,
  quantity: Quantity,
  layer: Layer,
): Culprit {
  const of = (l: Layer) => (shown ? valuesOf(shown, quantity, l) : []);
  return {
    fn: FORWARD,
    ...(shown ? { call: shown.id } : {}),
    clues: [{ kind: "value", values: of(layer), alike: alikeOf(shown, quantity, layer) }],
  };
}

/** The same for the other layer; for the output, what a loop over all layers makes of the hidden ones. */
function alikeOf(shown: ForwardMeasure | undefined, quantity: Quantity, layer: Layer): Block[] {
  if (!shown) return [];
  if (quantity === "A3") return shown.layers.map((l) => l.relu);
  return valuesOf(shown, quantity, layer === 1 ? 2 : 1);
}

function valuesOf(m: ForwardMeasure, quantity: Quantity, layer: Layer): Block[] {
  const { own, pattern } = m.layers[layer - 1] ?? m.layers[0];
  const values =
    quantity === "A3" ? [m.outputOwn] : quantity === "D" ? [own.D, pattern] : [own[quantity]];
  return values.filter((v) => v !== undefined);
}

/** Where the cache is put together: what is missing has no line of its own, and stands beside its layer's A. */
export function cacheCulprit(f: ForwardSummary, layer: Layer): Culprit {
  const m = showcase(f);
  const A = m?.layers[layer - 1]?.own.A;
  const name = new RegExp(`(^|[[.]["'\`]?)A(${layer}|\\$\\{.*\\})["'\`]?\\]?$`);
  const kept: Clue[] = A ? [{ kind: "named", name, value: A, last: true }] : [];
  return { fn: FORWARD, ...(m ? { call: m.id } : {}), clues: [...kept, { kind: "result" }] };
}

/** With keep_prob = 1 the activation is no multiple of relu(Z): another function is in its place. */
export function hasOtherActivation(f: ForwardSummary, layer: Layer): boolean {
  if (isScaledByItsMask(f, layer)) return false;
  return f.measures.some((m) => {
    const ratio = m.layers[layer - 1]?.ratio;
    return (
      m.keep_prob === 1 &&
      m.notFinite.length === 0 &&
      ratio !== undefined &&
      ratio.max - ratio.min > 1e-2
    );
  });
}

/** Units that the mask drops hold something else than 0: a scale is not to be read from such a layer. */
export function hasLeftover(f: ForwardSummary, layer: Layer): boolean {
  return f.measures.some((m) => m.layers[layer - 1]?.leftover !== undefined);
}

/** The mask drops nothing and multiplies by numbers of its own: that is for its own check to say. */
export function isNoise(f: ForwardSummary, layer: Layer): boolean {
  const drew = f.usesRng || f.usesMathRandom;
  const varies = f.ratio[layer - 1]?.example?.isPart === true;
  const isCached = f.measures.some(
    (m) => m.keep_prob < 1 && m.layers[layer - 1]?.cachedMask === "other",
  );
  return drew && varies && isCached && nothingDropped(f);
}

/**
 * The mask of the cache holds several numbers in the place of 1, in places or throughout, and the
 * activation is relu(Z) ∘ D / keep_prob for them: what is wrong with it is wrong with the mask.
 */
export function isScaledByItsMask(f: ForwardSummary, layer: Layer): boolean {
  const told = f.measures.filter(({ notFinite }) => notFinite.length === 0);
  const of = ({ layers }: ForwardMeasure) => layers[layer - 1] ?? layers[0];
  const isOdd = told.some((m) => holdsSeveral(of(m).own.D));
  return (
    isOdd &&
    told.every((m) => {
      const { relu, own } = of(m);
      const { A, D } = own;
      if (!A || !D || !B.sameShape(D, relu)) return false;
      return B.close(A, B.scaled(B.times(relu, D), 1 / m.keep_prob));
    })
  );
}

/** Other numbers than 0 and one more. A mask of 0 and 1/keep_prob is a scale, and another comes on top of it. */
function holdsSeveral(D: Block | undefined): boolean {
  const kept = [...(D?.data ?? [])].filter((d) => d !== 0);
  const [first = 0] = kept;
  return kept.some((d) => Math.abs(d - first) > 1e-6 * Math.abs(first));
}

/** The random numbers themselves are in the place of the mask, and are multiplied by. */
export function isUnthresholded(f: ForwardSummary, layer: Layer): boolean {
  const isUniform = (m: ForwardMeasure) => m.layers[layer - 1]?.cachedMask === "uniform";
  return f.measures.some((m) => m.keep_prob < 1 && isUniform(m)) && isScaledByItsMask(f, layer);
}

/** The cached masks are no masks of units: they have another shape than the layer. */
export function masksHaveOddShape(f: ForwardSummary): boolean {
  return f.measures.every(
    (m) => m.m === 1 || m.layers.every((l) => l.cachedMask === "wrong-shape"),
  );
}

/** A call with keep_prob = 1, where one was measured. */
export function plainCall(f: ForwardSummary): ForwardMeasure | undefined {
  return f.measures.find((m) => m.keep_prob === 1 && m.notFinite.length === 0 && !m.live);
}
