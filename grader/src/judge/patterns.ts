/** Which units a call dropped, held against another. */

import * as B from "../assignment/block.ts";
import type { ForwardMeasure } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";

export function dropsSome({ layers }: ForwardMeasure): boolean {
  return layers.some((layer) => layer.kept < layer.live);
}

/** Both calls dropped the same units in both layers. */
export function samePatterns(a: ForwardMeasure, b: ForwardMeasure): boolean {
  return a.layers.every((layer, l) => {
    const other = b.layers[l]?.pattern;
    return other !== undefined && B.sameShape(layer.pattern, other) && agrees(layer.pattern, other);
  });
}

/** Equal wherever both units are live: NaN stands where one is dead. */
export function agrees(a: Block, b: Block): boolean {
  return a.data.every((x, k) => {
    const y = b.data[k] ?? Number.NaN;
    return Number.isNaN(x) || Number.isNaN(y) || x === y;
  });
}
