/** Which shapes the matrices of a call may have, and how often its loops may run. */

import type { Arg, Block, Call } from "../../model/observation.ts";

export interface Sizes {
  /** As `rows,cols`, upright and transposed. */
  shapes: ReadonlySet<string>;
  /** Numbers of units, inputs and examples. */
  lengths: ReadonlySet<number>;
  /** Of the input and of each layer; empty where they are not known. */
  units: readonly number[];
  /** Examples. */
  m: number;
}

export const NO_SIZES: Sizes = { shapes: new Set(), lengths: new Set(), units: [], m: 0 };

/** As many layers as there are, and lists of two or three things, say nothing. */
const FEW = 3;

/** By X and the parameters that it was given, or that its cache was made from. */
export function sizesOf(call: Call, calls: ReadonlyMap<string, Call>): Sizes {
  const blocks = blocksOf(call, calls);
  const m = blocks["X"]?.cols ?? 0;
  const { W1, W2, W3 } = blocks;
  const units = [W1?.cols, W1?.rows, W2?.rows, W3?.rows].flatMap((n) => n ?? []);
  const pairs = [
    ...units.flatMap((n) => [[n, m] as const, [n, 1] as const]),
    ...[W1, W2, W3].flatMap((W) => (W ? [[W.rows, W.cols] as const] : [])),
    [m, 1] as const,
  ];
  const shapes = pairs.flatMap(([r, c]) => [`${r},${c}`, `${c},${r}`, `1,${r * c}`]);
  return {
    shapes: new Set(shapes),
    lengths: new Set([...units, m, ...pairs.map(([r, c]) => r * c)]),
    units: units.length === 4 ? units : [],
    m,
  };
}

function blocksOf({ args }: Call, calls: ReadonlyMap<string, Call>): Record<string, Block> {
  return Object.assign(
    {},
    ...args.map((arg, k) => named(arg, k === 0 ? "X" : "Y", calls)),
  ) as Record<string, Block>;
}

function named(arg: Arg, name: string, calls: ReadonlyMap<string, Call>): Record<string, Block> {
  if (arg.kind === "matrix") return { [name]: arg.block };
  if (arg.kind === "record")
    return Object.assign(
      {},
      ...Object.entries(arg.entries).map(([key, entry]) => named(entry, key, calls)),
    ) as Record<string, Block>;
  const before = arg.kind === "kept" ? calls.get(arg.call) : undefined;
  return before ? blocksOf(before, calls) : {};
}

/** No quantity of the network has that shape. */
export function isOdd(value: number | Block, { shapes }: Sizes): boolean {
  if (typeof value === "number" || value.data.length <= FEW || shapes.size === 0) return false;
  return !shapes.has(`${value.rows},${value.cols}`);
}

/** Nothing has as many rows, columns or entries. */
export function isOddCount(count: number, { lengths }: Sizes): boolean {
  return count === 0 || (count > FEW && !lengths.has(count));
}
