/** The gradients that a call of backward returned, by name and in the shapes asked for. */

import { GRADIENT_NAMES, gradientShape, type GradientName } from "../assignment/network.ts";
import type { GradientMeasure } from "../model/measurement.ts";
import type { Block, Value } from "../model/observation.ts";
import type { BackwardQuestion } from "./backward-call.ts";
import { asBlock, isFiniteBlock } from "./read.ts";

export type Own = Partial<Record<GradientName, Block>>;

export function readGradients(q: BackwardQuestion, entries: Record<string, Value>) {
  const own: Own = {};
  const odd: Record<string, Block> = {};
  const missingKeys: string[] = [];
  const notFinite: string[] = [];
  const shapes: Partial<Record<string, GradientMeasure>> = {};
  for (const name of GRADIENT_NAMES) {
    const [rows, cols] = gradientShape(name, q.shape);
    const reading = asBlock(entries[name], rows, cols);
    if (reading.ok) {
      own[name] = reading.block;
      if (!isFiniteBlock(reading.block)) notFinite.push(name);
    } else if (entries[name] === undefined || reading.found === "undefined") {
      missingKeys.push(name);
    } else {
      const value = entries[name];
      if (value?.kind === "matrix") odd[name] = value.block;
      shapes[name] = { state: "wrong-shape", found: reading.found, expected: `${rows} × ${cols}` };
    }
  }
  return { own, odd, missingKeys, notFinite, shapes };
}
