/** Signs of what a program does with dropout, in what was measured: for its names and for its lines. */

import type { BackwardSummary, ForwardSummary, Layer, LayerMeasure } from "../model/measurement.ts";

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

/** dW is too large by 1/keep_prob: what is masked and scaled already was so once more. */
export function scalesActivationsAgain({ measures }: BackwardSummary): boolean {
  return measures.some((m) =>
    [m.gradients.dW3, m.gradients.dW2].some(
      ({ state, factor }) =>
        m.keep_prob < 1 && state === "multiple" && Math.abs((factor ?? 0) * m.keep_prob - 1) < 1e-3,
    ),
  );
}
