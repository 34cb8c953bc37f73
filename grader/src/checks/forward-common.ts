import type { Culprit } from "../model/diagnosis.ts";
import type { ForwardSummary, Layer } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";

export const FORWARD = "forward_propagation_with_dropout";

/** The layers for which something holds. */
export function layersOf(holds: (layer: Layer) => boolean): Layer[] {
  return ([1, 2] as const).filter(holds);
}

/** No zero was added to the layer, or to either of them, at any keep_prob. */
export function nothingDropped(f: ForwardSummary, layer?: Layer): boolean {
  const layers = layer ? [layer] : ([1, 2] as const);
  const without = (l: Layer) =>
    f.measures.every((m) => (m.layers[l - 1]?.kept ?? 0) === (m.layers[l - 1]?.live ?? 0));
  return layers.every(without);
}

/** The student's own values of a quantity in the call that shows most. */
export function forwardCulprit(
  f: ForwardSummary,
  quantity: "D" | "A" | "Z" | "A3",
  layer: Layer,
): Culprit {
  const measure = f.measures.find((m) => m.keep_prob < 1 && m.m > 1) ?? f.measures[0];
  const own = measure?.layers[layer - 1]?.own;
  const pattern = measure?.layers[layer - 1]?.pattern;
  const values: (Block | undefined)[] =
    quantity === "A3"
      ? [measure?.outputOwn]
      : quantity === "D"
        ? [own?.D, pattern]
        : [own?.[quantity]];
  return {
    fn: FORWARD,
    ...(measure ? { call: measure.id } : {}),
    values: values.filter((v) => v !== undefined),
  };
}

/** With keep_prob = 1 the activation is no multiple of relu(Z): another function is in its place. */
export function hasOtherActivation(f: ForwardSummary, layer: Layer): boolean {
  return f.measures.some((m) => {
    const ratio = m.layers[layer - 1]?.ratio;
    return m.keep_prob === 1 && m.notFinite.length === 0 && ratio !== undefined && ratio.max - ratio.min > 1e-2;
  });
}

/** The cached masks are no masks of units: they have another shape than the layer. */
export function masksHaveOddShape(f: ForwardSummary): boolean {
  return f.measures.every((m) => m.m === 1 || m.layers.every((l) => l.cachedMask === "wrong-shape"));
}
