/** When a value appears at a place of a traced run: whole, transposed, or in pieces. */

import * as B from "../assignment/block.ts";
import type { Block, TraceSite } from "../model/observation.ts";

/** Exactly a value, or a multiple of it by a factor that is known to one part in ten. */
export type Matching = "exactly" | "roughly";

export interface Appearance {
  /** When the value is complete, in the order of the trace. */
  at: number;
  /** How many numbers of the site the value takes up. */
  size: number;
}

/** All first appearances of some values at a site, by value. */
export function appearances(
  site: TraceSite,
  values: readonly Block[],
  matching: Matching,
): Appearance[] {
  return values.flatMap((value) => appearanceOf(site, value, matching) ?? []);
}

function appearanceOf(site: TraceSite, wanted: Block, matching: Matching): Appearance | undefined {
  const size = wanted.data.length;
  if (size === 0) return undefined;
  const shapes = [wanted, B.transposed(wanted)];
  const whole = site.values.find(
    ({ value }) => typeof value !== "number" && shapes.some((w) => same(value, w, matching)),
  );
  if (whole) return { at: whole.at, size };
  const at = inPieces(site, shapes, matching);
  return at === undefined ? undefined : { at, size };
}

interface Numbers {
  numbers: Float64Array;
  ends: Int32Array;
}

/** Sites are asked again and again, for everything that may appear at them. */
const laidEndToEnd = new WeakMap<TraceSite, Numbers>();

/** Every number that a site recorded, in order, with when it was. */
export function numbersOf(site: TraceSite): Numbers {
  const known = laidEndToEnd.get(site) ?? endToEnd(site);
  laidEndToEnd.set(site, known);
  return known;
}

function endToEnd({ values }: TraceSite): Numbers {
  let total = 0;
  for (const { value } of values) total += typeof value === "number" ? 1 : value.data.length;
  const numbers = new Float64Array(total);
  const ends = new Int32Array(total);
  let offset = 0;
  for (const { at, value } of values) {
    if (typeof value === "number") numbers[offset] = value;
    else numbers.set(value.data, offset);
    const end = offset + (typeof value === "number" ? 1 : value.data.length);
    ends.fill(at, offset, end);
    offset = end;
  }
  return { numbers, ends };
}

/** Rows, columns or single numbers that make up the value when laid end to end. */
function inPieces(
  site: TraceSite,
  shapes: readonly Block[],
  matching: Matching,
): number | undefined {
  // Each value whole, or one value only: there are no pieces to lay end to end.
  if (site.values.length < 2) return undefined;
  const { numbers, ends } = numbersOf(site);
  const found = shapes.flatMap((shape) => {
    const { data } = shape;
    if (data.length < 2) return [];
    const start = windowOf({ numbers, start: 0 }, data, matching);
    const end = start === undefined ? endOfLines(numbers, shape) : start + data.length;
    return end === undefined ? [] : [ends[end - 1] ?? Number.POSITIVE_INFINITY];
  });
  return found.length > 0 ? Math.min(...found) : undefined;
}

/** Where the last line of a value ends that comes line by line, with others between: example by example. */
function endOfLines(numbers: Float64Array, { rows, cols, data }: Block): number | undefined {
  // Short lines of zeros and ones are found anywhere.
  if (rows < 2 || cols < 2 || new Set(data).size < data.length / 3) return undefined;
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const line = data.subarray(row * cols, (row + 1) * cols);
    const start = windowOf({ numbers, start: end }, line, "exactly");
    if (start === undefined) return undefined;
    end = start + cols;
  }
  return end;
}

/** The first place at or after the window's start. */
function windowOf(
  { numbers, start: first }: Window,
  wanted: Float64Array,
  matching: Matching,
): number | undefined {
  for (let start = first; start + wanted.length <= numbers.length; start++) {
    if (agree({ numbers, start }, wanted, matching)) return start;
  }
  return undefined;
}

function same(found: Block, wanted: Block, matching: Matching): boolean {
  if (found.data.length !== wanted.data.length) return false;
  const isVector = wanted.rows === 1 || wanted.cols === 1;
  if (!isVector && !B.sameShape(found, wanted)) return false;
  return agree({ numbers: found.data, start: 0 }, wanted.data, matching);
}

/** Part of a longer list of numbers. */
interface Window {
  numbers: ArrayLike<number>;
  start: number;
}

/** Written as a plain loop: most windows differ in their first entry, and there are very many. */
function agree({ numbers, start }: Window, wanted: Float64Array, matching: Matching): boolean {
  const factor = matching === "exactly" ? 1 : factorOf({ numbers, start }, wanted);
  if (Number.isNaN(factor) || Math.abs(factor - 1) > 0.1) return false;
  for (let k = 0; k < wanted.length; k++) {
    if (!equal(numbers[start + k] ?? Number.NaN, factor * (wanted[k] ?? 0))) return false;
  }
  return true;
}

/** By the first entry that is not 0. */
function factorOf({ numbers, start }: Window, wanted: Float64Array): number {
  const k = wanted.findIndex((x) => x !== 0);
  return (numbers[start + k] ?? Number.NaN) / (wanted[k] ?? Number.NaN);
}

/** NaN stands for an entry that does not matter. */
function equal(found: number, wanted: number): boolean {
  return (
    Number.isNaN(wanted) || Math.abs(found - wanted) <= 1e-9 * Math.max(1e-6, Math.abs(wanted))
  );
}

/** Where a site first holds a value with entries set to 0, the others multiplied by one number. */
export function maskedAt(site: TraceSite, of: Block): Appearance | undefined {
  const wanted = [of, B.transposed(of)];
  for (const { at, value } of site.values) {
    if (typeof value === "number") continue;
    const like = wanted.find(
      (w) => B.sameShape(value, w) && firstMasked(value.data, w.data) !== undefined,
    );
    if (like) return { at, size: like.data.length };
  }
  const { numbers, ends } = numbersOf(site);
  for (const { data } of wanted) {
    const start = firstMasked(numbers, data);
    const at = start === undefined ? undefined : ends[start + data.length - 1];
    if (at !== undefined) return { at, size: data.length };
  }
  return undefined;
}

/** Where a window begins that is masked. Only entries other than 0 are visited: of zeros there may be very many. */
function firstMasked(numbers: ArrayLike<number>, of: Float64Array): number | undefined {
  const filled = [...Array.from(numbers).keys()].filter((k) => numbers[k] !== 0);
  const whole = of.filter((x) => x !== 0).length;
  let first = 0;
  for (let start = 0; start + of.length <= numbers.length; start++) {
    while ((filled[first] ?? start) < start) first += 1;
    const kept = proportional({ numbers, start }, of, { filled, first });
    // Two entries are proportional to any other two.
    if (kept >= 3 && kept < whole) return start;
  }
  return undefined;
}

/** How many entries of a window are not 0, where all of them are one multiple of `of`; else 0. */
function proportional(
  { numbers, start }: Window,
  of: Float64Array,
  { filled, first }: { filled: readonly number[]; first: number },
): number {
  const ratio = (k: number) => (numbers[k] ?? Number.NaN) / (of[k - start] ?? Number.NaN);
  const factor = ratio(filled[first] ?? start);
  let n = first;
  for (; (filled[n] ?? Number.POSITIVE_INFINITY) < start + of.length; n++) {
    // An entry that was 0 before has an infinite ratio.
    if (!(Math.abs(ratio(filled[n] ?? start) - factor) <= 1e-6 * Math.abs(factor))) return 0;
  }
  return n - first;
}
