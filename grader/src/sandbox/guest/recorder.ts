import {
  copyRows,
  copyTyped,
  float64Array,
  isArray,
  typedLength,
  typedName,
} from "./primordials.ts";
import { isMatrix } from "./matrices.ts";
import type { AnyMatrix } from "./matrices.ts";
import { hasChanged, watch } from "./watch.ts";
import { ownValue } from "./words.ts";

/** Values with more entries than this are not recorded. */
const MAX_ENTRIES = 400;
/** Numbers kept in one trace, what heads each record included. */
const MAX_NUMBERS = 400_000;

let records = new float64Array(0);
let used = 0;
let full = false;
let recording = false;
/** `hasChanged` by itself would say the same, for a call at every value. */
let watching = false;
let previous = -1;
/** The sites that reported last before, and first after, an argument had changed. */
let change: number[] = [];

export function startRecording(): void {
  records = new float64Array(16_384);
  used = 0;
  full = false;
  recording = true;
  previous = -1;
  change = [];
  watching = false;
  watch([]);
}

/** Watching costs far more than recording: only for a call that is known to change an argument. */
export function watchArguments(args: unknown[]): void {
  watching = true;
  watch(args);
}

/**
 * Ends the recording. A record is `site, rows, cols` and its entries; of a lone number
 * `-1 - site` and the number, as most are.
 */
export function stopRecording() {
  recording = false;
  if (change.length === 0 && hasChanged()) change = [previous, -1];
  return { records, used, full, changedBefore: change[0] ?? -1, changedBy: change[1] ?? -1 };
}

/**
 * What an instrumented copy calls around its expressions: notes the value, returns it unchanged.
 * It runs for everything that a program does, so lone numbers are written without another call.
 */
export const v = (site: number, value: unknown): unknown => {
  if (!recording || full) return value;
  if (typeof value === "number" || typeof value === "boolean") {
    if (used + 2 <= records.length || makeRoom(2)) {
      records[used] = -1 - site;
      records[used + 1] = +value;
      used += 2;
    }
  } else if (typeof value === "object" && value !== null) recordObject(site, value);
  if (watching && change.length === 0 && hasChanged()) change = [previous, site];
  previous = site;
  return value;
};

/** Room for so many more numbers; false where the trace is full. */
function makeRoom(count: number): boolean {
  const needed = used + count;
  if (needed > MAX_NUMBERS) {
    full = true;
    return false;
  }
  if (needed > records.length) {
    const wider = new float64Array(needed * 2 < MAX_NUMBERS ? needed * 2 : MAX_NUMBERS);
    copyTyped(records, wider, 0);
    records = wider;
  }
  return true;
}

/** Makes room and writes the head of a record; false where the trace is full. */
function begin(site: number, rows: number, cols: number): boolean {
  if (!makeRoom(3 + rows * cols)) return false;
  records[used] = site;
  records[used + 1] = rows;
  records[used + 2] = cols;
  used += 3;
  return true;
}

function recordObject(site: number, value: object): void {
  if (isMatrix(value)) return recordMatrix(site, value);
  if (isArray(value)) return recordList(site, value);
  const typed = typedName(value);
  if (typed === undefined || typed === "BigInt64Array" || typed === "BigUint64Array") return;
  recordRows(site, 1, [value as Float64Array]);
}

function recordList(site: number, list: unknown[]): void {
  if (list.length === 0 || list.length > MAX_ENTRIES) return;
  const first = list[0];
  if (typeof first === "object" && first !== null) {
    recordRows(site, list.length, list as ArrayLike<unknown>[]);
  } else {
    recordRows(site, 1, [list]);
  }
}

function recordMatrix(site: number, matrix: AnyMatrix): void {
  const { rows, columns } = matrix;
  if (!(rows > 0 && columns > 0 && rows * columns <= MAX_ENTRIES)) return;
  const start = used;
  if (!begin(site, rows, columns)) return;
  const data = ownValue(matrix, "data");
  const isStored = isArray(data) && data.length === rows;
  const copied = isStored ? copyRows(data, columns, { to: records, at: used }) : 0;
  used += copied * columns;
  for (let i = copied; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) {
      if (!push(matrix.get(i, j), start)) return;
    }
  }
}

function recordRows(site: number, rows: number, list: ArrayLike<unknown>[]): void {
  const cols = lengthOf(list[0]);
  if (!(cols > 0 && rows * cols <= MAX_ENTRIES)) return;
  const start = used;
  if (!begin(site, rows, cols)) return;
  // Asking an array whether it is typed is answered by an exception.
  const copied = isArray(list[0]) ? 0 : copyRows(list, cols, { to: records, at: used });
  used += copied * cols;
  for (let i = copied; i < rows; i += 1) {
    const row = list[i];
    if (lengthOf(row) !== cols) {
      used = start;
      return;
    }
    for (let j = 0; j < cols; j += 1) {
      if (!push(row?.[j], start)) return;
    }
  }
}

function lengthOf(row: unknown): number {
  if (isArray(row)) return row.length;
  return typedName(row) === undefined ? -1 : typedLength(row);
}

/** Adds an entry; takes the whole record back where it is neither a number nor a boolean. */
function push(entry: unknown, start: number): boolean {
  if (typeof entry === "boolean") records[used] = entry ? 1 : 0;
  else if (typeof entry === "number") records[used] = entry;
  else {
    used = start;
    return false;
  }
  used += 1;
  return true;
}
