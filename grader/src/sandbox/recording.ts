import { Scope } from "quickjs-emscripten-core";
import type { SiteInfo } from "../model/compiled.ts";
import type { TraceSite, TraceValue } from "../model/observation.ts";
import type { Instance } from "./instance.ts";
import type { Recorded } from "./messages.ts";

const MAX_NUMBERS = 400_000;
const EMPTY: Recorded = { sites: [], cut: true };

/** Ends a recording and sorts its records by the places in the source that they are from. */
export function takeRecording(instance: Instance, sites: readonly SiteInfo[]): Recorded {
  const { student, judge } = instance;
  return Scope.withScope((scope) => {
    const stopped = instance.tool("stopRecording");
    if (stopped.error) return EMPTY;
    const whole = scope.manage(stopped.value);
    const records = scope.manage(student.getProp(whole, "records"));
    const used = student.getNumber(scope.manage(student.getProp(whole, "used")));
    const siteAt = (key: string) =>
      sites[student.getNumber(scope.manage(student.getProp(whole, key)))];
    const changed = changedAt(siteAt("changedBefore"), siteAt("changedBy"));
    const full = student.getNumber(scope.manage(student.getProp(whole, "full"))) === 1;
    if (!(used > 0 && used <= MAX_NUMBERS)) return { sites: [], cut: full, ...changed };
    const copied = instance.reader("copyNumbers", records, scope.manage(judge.newNumber(used)));
    if (copied.error) return EMPTY;
    const bytes = scope.manage(judge.getArrayBuffer(scope.manage(copied.value))).value.slice();
    return { sites: sortRecords(new Float64Array(bytes.buffer), sites), cut: full, ...changed };
  });
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
    const isSound = Number.isInteger(size) && size > 0 && offset + 3 + size <= records.length;
    if (info === undefined || !isSound) break;
    const data = records.slice(offset + 3, offset + 3 + size);
    const value: TraceValue["value"] = rows === 0 ? (data[0] ?? Number.NaN) : { rows, cols, data };
    const known = found.get(site) ?? { ...info, order: found.size, values: [] };
    known.values.push({ at, value });
    found.set(site, known);
    offset += 3 + size;
  }
  return [...found.values()];
}
