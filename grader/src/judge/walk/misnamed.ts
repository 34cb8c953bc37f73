/** Values under the name of one of the network's quantities, in a shape that this one never has. */

import type { Block } from "../../model/observation.ts";
import type { Sizes } from "./sizes.ts";

/** `Z1`, `cache.A2`, `grads["dW3"]`, `w2`, at the end of a name. */
const QUANTITY = /(?:^|[^\w$])(d?)([ADWZadwz])([123])["'`\]]*$/u;

/** Only once a call has stopped: one may call things as one likes. */
export function isMisnamed(
  { name, values }: { name?: string; values: readonly unknown[] },
  value: number | Block,
  sizes: Sizes,
): boolean {
  const [, , letter, digit] = QUANTITY.exec(name ?? "") ?? [];
  const shape = letter && shapeOf(letter.toUpperCase(), Number(digit), sizes);
  if (!shape) return false;
  const [rows, cols] = shape;
  // A number at a time is how loops do it, and a lone one is no layer.
  if (typeof value === "number") return values.length === 1 && rows * cols > 1 && isUpper(letter);
  const dims = [value.rows, value.cols];
  const isWhole = dims.includes(rows) && dims.includes(cols) && value.data.length === rows * cols;
  const isFlat = dims.includes(1) && [rows, cols, rows * cols].includes(value.data.length);
  return !isWhole && !isFlat;
}

function isUpper(letter: string): boolean {
  return letter === letter.toUpperCase();
}

function shapeOf(letter: string, layer: number, { units, m }: Sizes): [number, number] | undefined {
  const [rows, before] = [units[layer], units[layer - 1]];
  if (rows === undefined || before === undefined || m === 0) return undefined;
  return letter === "W" ? [rows, before] : [rows, m];
}
