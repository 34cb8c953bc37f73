import type { SiteInfo } from "../model/compiled.ts";
import type { TraceSite, TraceValue } from "../model/observation.ts";
import type { Location } from "../model/submission.ts";
import type { RawRecording } from "./messages.ts";

/** What an instrumented call recorded. */
export interface Recorded {
  sites: TraceSite[];
  cut: boolean;
  changedAt?: Location;
}

/** Sorts a recording by the places in the source that its records are from. */
export function sortRecording(raw: RawRecording, sites: readonly SiteInfo[]): Recorded {
  const changed = changedAt(sites[raw.changedBefore], sites[raw.changedBy]);
  return { sites: sortRecords(raw.records, sites), cut: raw.cut, ...changed };
}

/** Operators that change nothing. */
const PURE = new Set(["*", "/", "<", "<=", ">", ">="]);

/**
 * The place that changed an argument. A call or `*=` reports after it was made; what an
 * assignment writes is reported before it is written.
 */
function changedAt(
  before: SiteInfo | undefined,
  by: SiteInfo | undefined,
): Pick<Recorded, "changedAt"> {
  const isOwnWork = by?.role === "value" && by.operator !== undefined && !PURE.has(by.operator);
  const location = (isOwnWork ? by : before)?.location;
  return location === undefined ? {} : { changedAt: location };
}

/** Reads `site, rows, cols, entries…` records. Stops at the first that makes no sense. */
function sortRecords(records: Float64Array, sites: readonly SiteInfo[]): TraceSite[] {
  const found = new Map<number, TraceSite>();
  let at = 0;
  for (let offset = 0; offset + 3 < records.length; at += 1) {
    const site = records[offset] ?? -1;
    const rows = records[offset + 1] ?? -1;
    const cols = records[offset + 2] ?? -1;
    const info = sites[site];
    const size = rows === 0 ? 1 : rows * cols;
    const end = offset + 3 + size;
    // Two negative sizes would make a positive one: whoever broke the engine could write that.
    const isSound = isCount(rows) && isCount(cols) && size > 0 && end <= records.length;
    if (info === undefined || !isSound) break;
    const known = found.get(site) ?? { ...info, order: found.size, values: [] };
    known.values.push({ at, value: valueAt(records, { offset, rows, cols }) });
    found.set(site, known);
    offset = end;
  }
  return [...found.values()];
}

function valueAt(records: Float64Array, { offset, rows, cols }: Head): TraceValue["value"] {
  if (rows === 0) return records[offset + 3] ?? Number.NaN;
  return { rows, cols, data: records.slice(offset + 3, offset + 3 + rows * cols) };
}

interface Head {
  offset: number;
  rows: number;
  cols: number;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}
