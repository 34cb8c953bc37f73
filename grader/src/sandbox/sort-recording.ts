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

/**
 * Reads `site, rows, cols, entries…` records, and `-1 - site, number` ones. Stops at the first
 * that makes no sense.
 */
function sortRecords(records: Float64Array, sites: readonly SiteInfo[]): TraceSite[] {
  const found = new Map<number, TraceSite>();
  let at = 0;
  for (let offset = 0; offset + 1 < records.length; at += 1) {
    const head = records[offset] ?? 0;
    const site = head < 0 ? -1 - head : head;
    const info = sites[site];
    const read = head < 0 ? numberAt(records, offset) : blockAt(records, offset);
    if (info === undefined || read === undefined) break;
    let known = found.get(site);
    if (known === undefined) {
      known = { ...info, order: found.size, values: [] };
      found.set(site, known);
    }
    known.values.push({ at, value: read.value });
    offset = read.end;
  }
  return [...found.values()];
}

interface ReadValue {
  value: TraceValue["value"];
  end: number;
}

function numberAt(records: Float64Array, offset: number): ReadValue {
  return { value: records[offset + 1] ?? Number.NaN, end: offset + 2 };
}

/** What it holds is a part of the recording itself. */
function blockAt(records: Float64Array, offset: number): ReadValue | undefined {
  const rows = records[offset + 1] ?? -1;
  const cols = records[offset + 2] ?? -1;
  const end = offset + 3 + rows * cols;
  // Two negative sizes would make a positive one: whoever broke the engine could write that.
  const isSound = isCount(rows) && isCount(cols) && end <= records.length;
  return isSound
    ? { value: { rows, cols, data: records.subarray(offset + 3, end) }, end }
    : undefined;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}
