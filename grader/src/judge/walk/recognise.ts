/** Finds the network's quantities among the values of a trace, whole, transposed or in pieces. */

import * as B from "../../assignment/block.ts";
import type { Block, Trace, TraceSite } from "../../model/observation.ts";
import { numbersOf } from "../appearances.ts";
import type { Factor, Form, Known, Mask } from "./known.ts";

/** A value of a trace that was recognised. */
export interface Seen {
  site: TraceSite;
  /** When it was complete, in the order of the trace. */
  at: number;
  form: Form;
  /** As it was found, in the known value's shape. */
  value: Block;
  /** The site holds little else: it is no general helper. */
  isOwn: boolean;
  /** One value of the site, and not put together from pieces. */
  isWhole: boolean;
}

/** A site that held more numbers than this is a loop's inside, and says nothing by itself. */
const MAX_NUMBERS = 20_000;

/** Of two values that are proportional by accident, at least this many entries would have to be. */
const LEAST_ENTRIES = 3;

/** A place with all its numbers in a row. */
export interface Laid {
  site: TraceSite;
  numbers: readonly number[];
  /** When each was recorded. */
  ends: readonly number[];
  /** Offsets at which its values begin. */
  starts: readonly number[];
}

export function laidOut(trace: Trace): Laid[] {
  return trace.sites.flatMap((site) => {
    if (site.role === "operand") return [];
    const { numbers, ends } = numbersOf(site);
    if (numbers.length < 2 || numbers.length > MAX_NUMBERS) return [];
    const starts: number[] = [];
    let offset = 0;
    for (const { value } of site.values) {
      starts.push(offset);
      offset += sizeOf(value);
    }
    return [{ site, numbers, ends, starts }];
  });
}

/** Every place and time at which one of the knowns shows, each in its simplest form, in order. */
export function recognise(
  sites: readonly Laid[],
  knowns: readonly Known[],
  { masks, factors }: { masks: readonly Mask[]; factors: readonly Factor[] },
): Seen[] {
  return sites
    .flatMap((laid) => {
      const best = new Map<string, { seen: Seen; cost: number }>();
      for (const [order, known] of knowns.entries()) {
        for (const seen of appearancesOf(laid, known, masks)) {
          // Rows of a product may well be proportional to those of another.
          if (!seen.isWhole && !isNamed(seen.form, factors)) continue;
          const key = `${seen.at}:${seen.value.data.length}`;
          const cost = costOf(seen.form, factors) + order / 1000;
          if (cost < (best.get(key)?.cost ?? Number.POSITIVE_INFINITY))
            best.set(key, { seen, cost });
        }
      }
      return finished([...best.values()].map(({ seen }) => seen));
    })
    .toSorted((a, b) => a.at - b.at);
}

/** Without matrices that are being filled entry by entry, which show half done again and again. */
function finished(seen: readonly Seen[]): Seen[] {
  return seen.filter(
    ({ form, at }) =>
      form.mask !== "other" || !seen.some((s) => s.at !== at && s.form.known === form.known),
  );
}

/** Nothing that was recognised in a simpler way should be called by a stranger name. */
export function costOf(form: Form, factors: readonly Factor[]): number {
  const { known, mask, factor } = form;
  const maskCost = mask === undefined ? 0 : mask === "other" ? 3 : 1;
  const factorCost = factor === 1 ? 0 : isNamed(form, factors) ? 1 : 3;
  return maskCost + factorCost + (isAllowed(form) ? 0 : 1) + (known.isMistake ? 0.5 : 0);
}

function isNamed({ factor }: Form, factors: readonly Factor[]): boolean {
  return factors.some((f) => isNear(f.value, factor));
}

/** The form belongs on the way of a right program. */
export function isAllowed({ known, mask, factor }: Form): boolean {
  if (known.isMistake) return false;
  const maskFits = mask === undefined || (mask !== "other" && (known.masks ?? []).includes(mask));
  return maskFits && hasFactor(known, factor);
}

function hasFactor({ factors = [] }: Known, factor: number): boolean {
  return [1, ...factors].some((f) => isNear(f, factor));
}

export function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-5 * Math.abs(b);
}

function* appearancesOf(laid: Laid, known: Known, masks: readonly Mask[]): Generator<Seen> {
  const { site, numbers, ends, starts } = laid;
  const { rows, cols, data } = known.value;
  const size = data.length;
  // One number, or the same throughout, may be anything.
  if (data.every((x) => x === data[0]) || numbers.length < size) return;
  const fits = known.isExact ? [] : fitting(masks, known.value);
  const upright = { known, base: known.value, masks: fits };
  const turned = {
    known,
    base: B.transposed(known.value),
    masks: fits.map((m) => ({ mask: m.mask, value: B.transposed(m.value) })),
  };
  const isOwn = numbers.length <= 2 * size;
  let from = 0;
  for (const [index, start] of starts.entries()) {
    if (start < from || start + size > numbers.length) continue;
    const whole = site.values[index]?.value;
    const isWhole = typeof whole === "object" && whole.data.length === size;
    if (!isWhole && sizeOf(whole ?? 0) > size) continue;
    for (const asked of rows === 1 || cols === 1 ? [upright] : [upright, turned]) {
      if (isWhole && !isShaped(whole, asked.base)) continue;
      const form = formOf(numbers, start, { ...asked, isWhole });
      if (form === undefined) continue;
      const found = { ...asked.base, data: Float64Array.from(numbers.slice(start, start + size)) };
      const value = asked === upright ? found : B.transposed(found);
      yield {
        site,
        at: ends[start + size - 1] ?? 0,
        form: { known, ...form },
        value,
        isOwn,
        isWhole,
      };
      from = start + size;
      break;
    }
  }
}

/** A matrix of that shape, or one flat list of its entries. */
function isShaped(value: Block, base: Block): boolean {
  return B.sameShape(value, base) || value.rows === 1 || value.cols === 1;
}

function sizeOf(value: number | Block): number {
  return typeof value === "number" ? 1 : value.data.length;
}

interface Asked {
  known: Known;
  base: Block;
  masks: readonly FittingMask[];
  /** It is one value, and not put together from pieces. */
  isWhole: boolean;
}

interface FittingMask {
  mask: Mask;
  value: Block;
}

function fitting(masks: readonly Mask[], value: Block): FittingMask[] {
  return masks.flatMap((mask) =>
    B.sameShape(mask.value, value) ? [{ mask, value: mask.value }] : [],
  );
}

/**
 * The factor and the mask that lead from the base to the numbers; nothing where none do. A plain
 * loop, since most windows differ in their second entry and there are very many.
 */
function formOf(
  numbers: readonly number[],
  start: number,
  { known, base, masks, isWhole }: Asked,
): Omit<Form, "known"> | undefined {
  const floor = 1e-9 * B.largest(base);
  let factor = Number.NaN;
  let kept = 0;
  let dropped = 0;
  for (let k = 0; k < base.data.length; k++) {
    const b = base.data[k] ?? 0;
    const x = numbers[start + k] ?? Number.NaN;
    if (Math.abs(b) <= floor) {
      if (Math.abs(x) > 1e3 * floor || Number.isNaN(x)) return undefined;
    } else if (x === 0) {
      dropped += 1;
    } else if (Number.isNaN(factor)) {
      factor = x / b;
      kept = 1;
    } else if (isNear(x / b, factor)) {
      kept += 1;
    } else {
      return undefined;
    }
  }
  if (Math.abs(factor - 1) < 1e-5) factor = 1;
  if (!Number.isFinite(factor)) return undefined;
  if (known.isExact && !(dropped === 0 && hasFactor(known, factor))) return undefined;
  if (dropped === 0) return factor === 1 || kept >= LEAST_ENTRIES ? { factor } : undefined;
  if (kept < LEAST_ENTRIES) return undefined;
  // What is left of Z by a ReLU is better called relu(Z).
  const found = Float64Array.from(numbers.slice(start, start + base.data.length));
  if (dropsThose(B.positive(base), found, base)) return undefined;
  const mask = masks.find((m) => dropsThose(m.value, found, base))?.mask;
  if (mask) return { factor, mask };
  // In pieces, or with next to nothing left, it is more likely another thing.
  return isWhole && kept >= Math.max(LEAST_ENTRIES, dropped / 4)
    ? { factor, mask: "other" }
    : undefined;
}

/** The mask is 0 just where the numbers are, as far as the base lets one see. */
function dropsThose(mask: Block, found: Float64Array, base: Block): boolean {
  return base.data.every((b, k) => {
    const d = mask.data[k] ?? Number.NaN;
    return Math.abs(b) < 1e-12 || Number.isNaN(d) || (d === 0) === (found[k] === 0);
  });
}
