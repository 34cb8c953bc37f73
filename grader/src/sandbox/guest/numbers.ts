import { copyRows, copyTyped, float64Array } from "./primordials.ts";

/** The largest rectangle that is read, and the most numbers that one read may hold. */
export const MAX_ENTRIES = 1_000_000;
const MAX_NUMBERS = 2_000_000;

let store = new float64Array(1024);
let used = 0;

export function startNumbers(): void {
  used = 0;
}

/** Room for `count` more numbers; where they begin, or nothing where there are too many. */
export function reserve(count: number): number | undefined {
  const start = used;
  const end = start + count;
  if (count > MAX_ENTRIES || end > MAX_NUMBERS) return undefined;
  if (end > store.length) {
    const wider = new float64Array(end * 2);
    copyTyped(store, wider, 0);
    store = wider;
  }
  used = end;
  return start;
}

export function put(index: number, value: number): void {
  store[index] = value;
}

export function putAll(index: number, values: ArrayLike<number>): void {
  copyTyped(values, store, index);
}

/** Puts rows as ml-matrix makes them, as far as they are such. @returns how many that were */
export function putRows(rows: unknown[], length: number, index: number): number {
  return copyRows(rows, length, { to: store, at: index });
}

/** A copy of what was written, of exactly its length. */
export function takeNumbers(): ArrayBuffer {
  // Never empty: the host cannot take an empty buffer out.
  const copy = new float64Array(used === 0 ? 1 : used);
  copyTyped(new float64Array(store.buffer, 0, used), copy, 0);
  if (store.length > 65_536) store = new float64Array(1024);
  return copy.buffer;
}
