/** A loop in a helper that leaves out a row, or a column, of whatever the helper returns. */

import type { Block, TraceSite } from "../../model/observation.ts";
import type { Location } from "../../model/submission.ts";
import { locationKey } from "../lines.ts";
import type { Event } from "./tests.ts";

/** How a loop compares with what its function returned after it. */
interface Head {
  location: Location;
  /** Rounds of the times that it was entered and nothing was returned yet. */
  open: number[];
  /** Of what was returned. */
  shapes: Set<string>;
  misses: Record<"rows" | "cols", boolean>;
}

/**
 * The first that always stops one before the end, for results of more than one shape: seen for one
 * alone, it may go through something else.
 */
export function shortLoop(events: readonly Event[]): Location | undefined {
  const heads = new Map<string, Head>();
  const inScope = new Map<string, Set<Head>>();
  for (const { site, value } of events) {
    if (site.role === "loop") counted(site, value, { heads, inScope });
    else if (site.role === "return" && typeof value !== "number")
      compare(inScope.get(scopeOf(site)), value);
  }
  const isShort = ({ shapes, misses }: Head) => shapes.size > 1 && (misses.rows || misses.cols);
  return [...heads.values()].find(isShort)?.location;
}

function scopeOf({ location, scope }: TraceSite): string {
  return `${location.file}:${scope}`;
}

function counted(
  site: TraceSite,
  value: Event["value"],
  { heads, inScope }: { heads: Map<string, Head>; inScope: Map<string, Set<Head>> },
): void {
  const { location, name } = site;
  const key = locationKey(location);
  const head = heads.get(key) ?? {
    ...{ location, open: [], shapes: new Set() },
    misses: { rows: true, cols: true },
  };
  heads.set(key, head);
  const scope = scopeOf(site);
  const others = inScope.get(scope) ?? new Set();
  inScope.set(scope, others.add(head));
  if (name === "start") head.open.push(0);
  else if (value === 1) head.open.push((head.open.pop() ?? 0) + 1);
}

function compare(heads: ReadonlySet<Head> | undefined, { rows, cols }: Block): void {
  for (const head of heads ?? []) {
    for (const count of head.open) {
      head.shapes.add(`${rows},${cols}`);
      head.misses.rows &&= count === rows - 1;
      head.misses.cols &&= count === cols - 1;
    }
    head.open = [];
  }
}
