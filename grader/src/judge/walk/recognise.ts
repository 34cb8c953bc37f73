/** Finds the network's quantities among the values of a trace, whole, transposed or in pieces. */

import * as B from "../../assignment/block.ts";
import type { Block, Trace, TraceSite } from "../../model/observation.ts";
import { numbersOf } from "../appearances.ts";
import { costOf, isNamed } from "./forms.ts";
import type { Factor, Form, Known, Mask } from "./known.ts";
import { formOf, mayBegin, soughtFor, type Sought, type View } from "./views.ts";

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

/** A place with all its numbers in a row. */
export interface Laid {
  site: TraceSite;
  numbers: Float64Array;
  /** When each was recorded. */
  ends: Int32Array;
  /** Offsets at which its values begin, and how many numbers each has. */
  starts: readonly number[];
  sizes: readonly number[];
}

export function laidOut(trace: Trace): Laid[] {
  return trace.sites.flatMap((site) => {
    if (site.role === "operand" || site.role === "given" || site.role === "loop") return [];
    const { numbers, ends } = numbersOf(site);
    if (numbers.length < 2 || numbers.length > MAX_NUMBERS) return [];
    const starts: number[] = [];
    let offset = 0;
    const sizes = site.values.map(({ value }) => sizeOf(value));
    for (const size of sizes) {
      starts.push(offset);
      offset += size;
    }
    return [{ site, numbers, ends, starts, sizes }];
  });
}

/** Every place and time at which one of the knowns shows, each in its simplest form, in order. */
export function recognise(
  sites: readonly Laid[],
  knowns: readonly Known[],
  { masks, factors }: { masks: readonly Mask[]; factors: readonly Factor[] },
): Seen[] {
  const sought = knowns.flatMap((known) => soughtFor(known, masks));
  return sites
    .flatMap((laid) => {
      const best = new Map<string, { seen: Seen; cost: number }>();
      for (const [order, one] of sought.entries()) {
        for (const seen of appearancesOf(laid, one)) {
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

/** A plain loop: there are thousands of places to begin at, and most begin nothing. */
function appearancesOf(laid: Laid, { size, wholes, pieces }: Sought): Seen[] {
  const { site, numbers, ends, starts, sizes } = laid;
  const isOwn = numbers.length <= 2 * size;
  const all: Seen[] = [];
  let from = 0;
  for (let index = 0; index < starts.length; index++) {
    const start = starts[index] ?? 0;
    if (start + size > numbers.length) break;
    const here = sizes[index] ?? 0;
    if (start < from || here > size) continue;
    const views = here === size ? wholesLike(site.values[index]?.value ?? 0, wholes) : pieces;
    const found = viewAt(laid, start, views);
    if (found === undefined) continue;
    all.push({ site, at: ends[start + size - 1] ?? 0, isOwn, ...found });
    from = start + size;
  }
  return all;
}

/** A matrix of that shape, or one flat list of its entries. */
function wholesLike(value: number | Block, wholes: readonly View[]): readonly View[] {
  if (typeof value === "number") return [];
  if (value.rows === 1 || value.cols === 1) return wholes;
  return wholes.filter(({ base }) => B.sameShape(value, base));
}

/** The first view that the numbers from `start` on agree with. */
function viewAt(
  { numbers }: Laid,
  start: number,
  views: readonly View[],
): Pick<Seen, "form" | "value" | "isWhole"> | undefined {
  for (const view of views) {
    if (!mayBegin(numbers, start, view)) continue;
    const form = formOf(numbers, start, view);
    if (form === undefined) continue;
    const { known, base, isTransposed, isWhole } = view;
    const data = numbers.slice(start, start + base.data.length);
    const found = { ...base, data };
    const value = isTransposed ? B.transposed(found) : found;
    return { form: { known, ...form }, value, isWhole };
  }
  return undefined;
}

function sizeOf(value: number | Block): number {
  return typeof value === "number" ? 1 : value.data.length;
}
