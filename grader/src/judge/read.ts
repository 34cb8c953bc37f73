/** From values as a program returned them to blocks of the shape that was asked for. */

import type { Block, Value } from "../model/observation.ts";

export type Reading = { ok: true; block: Block } | { ok: false; found: string };

/**
 * A value as a (rows, cols) block. A flat array counts as a row, as a column, or, where it has
 * as many entries as the whole matrix, as its rows one after another.
 */
export function asBlock(value: Value | undefined, rows: number, cols: number): Reading {
  if (value === undefined) return { ok: false, found: "nothing" };
  if (value.kind === "record") return { ok: false, found: "an object" };
  if (value.kind === "other") return { ok: false, found: value.what };
  const { block, container } = value;
  if (block.rows === rows && block.cols === cols) return { ok: true, block };
  const flat = container === "flat" || container === "typed-flat" || container === "number";
  if (flat && block.data.length === rows * cols)
    return { ok: true, block: { rows, cols, data: block.data } };
  return { ok: false, found: `${block.rows} × ${block.cols}` };
}

export function isFiniteBlock(block: Block): boolean {
  return block.data.every((x) => Number.isFinite(x));
}

/** The entries of a record, or nothing for anything else. */
export function entriesOf(value: Value | undefined): Record<string, Value> | undefined {
  return value?.kind === "record" ? value.entries : undefined;
}
