/** Caches that the grader makes, held the way the student's own forward holds its own. */

import * as B from "../assignment/block.ts";
import { holdsUnit } from "../assignment/signs.ts";
import type { BackwardScenario } from "../assignment/scenarios.ts";
import type { Arg, Block, MatrixValue, Value } from "../model/observation.ts";
import type { ForwardMeasure } from "../model/measurement.ts";
import { asMatrix } from "./forward.ts";

/** One cache of the student's own forward: what it looks like, key by key. */
export interface CacheStyle {
  entries: Record<string, Value>;
  /** What masks hold beside 0, by keep_prob: 1, or the scale as well. */
  unit: (keep_prob: number) => number;
}

/**
 * Masks that hold the scale as well; that of the units dropped, where keep_prob was taken for it. It
 * is what they hold that counts, and not whether the next layer reads what they were applied to.
 */
export function unitOf({ layers, keep_prob }: ForwardMeasure): CacheStyle["unit"] {
  const holds = (unit: number) => layers.every((l) => holdsUnit(l, unit));
  if (holds(1 / keep_prob)) return (p) => 1 / p;
  if (holds(1 / (1 - keep_prob))) return (p) => (p === 1 ? 1 : 1 / (1 - p));
  return () => 1;
}

export interface MadeCache {
  arg: Arg;
  /** The masks as they act, in full shape, of 0 and 1. */
  D1: Block;
  D2: Block;
}

export function makeCache(scenario: BackwardScenario, style: CacheStyle | undefined): MadeCache {
  const masks = { D1: shapeOf(scenario, style, "D1"), D2: shapeOf(scenario, style, "D2") };
  const unit = style?.unit(scenario.keep_prob) ?? 1;
  const held = {
    ...scenario.cache,
    D1: B.scaled(masks.D1.held, unit),
    D2: B.scaled(masks.D2.held, unit),
  };
  const entries = Object.entries(held).map(
    ([key, block]) => [key, heldLike(style?.entries[key], block)] as const,
  );
  return {
    arg: { kind: "record", entries: Object.fromEntries(entries) },
    D1: masks.D1.acting,
    D2: masks.D2.acting,
  };
}

/** A forward pass that draws one column (or row) of mask gets columns (or rows) in made caches too. */
function shapeOf(scenario: BackwardScenario, style: CacheStyle | undefined, key: "D1" | "D2") {
  const full = scenario.cache[key] ?? B.block(0, 0, () => 0);
  const like = style?.entries[key];
  const A = style?.entries[key.replace("D", "A")];
  if (like?.kind !== "matrix" || A?.kind !== "matrix") return { held: full, acting: full };
  const column = like.block.cols === 1 && like.block.rows === A.block.rows && A.block.cols > 1;
  if (!column) return { held: full, acting: full };
  const held = B.block(full.rows, 1, (i) => B.at(full, i, 0));
  return { held, acting: B.block(full.rows, full.cols, (i) => B.at(held, i, 0)) };
}

function heldLike(like: Value | undefined, block: Block): MatrixValue {
  if (like?.kind !== "matrix") return asMatrix(block);
  const { container, element, typed } = like;
  // A flat array or a lone number stands for a vector; a matrix stays a matrix.
  const fits = container !== "number" || block.data.length === 1;
  return {
    kind: "matrix",
    block,
    container: fits ? container : "flat",
    element,
    ...(typed === undefined ? {} : { typed: typedFor(typed, block) }),
  };
}

/** What the student's forward had in whole numbers, by chance or to its harm, may be none in these. */
function typedFor(typed: string, { data }: Block): string {
  return typed.startsWith("Float") || data.every(Number.isInteger) ? typed : "Float64Array";
}
