/** Notices when one of a call's arguments no longer is what it was. */

import { isArray, ownKeys, typedLength, typedName } from "./primordials.ts";
import { isMatrix } from "./matrices.ts";

let watched: unknown[] = [];
let before = 0;

/** Starts to watch the arguments of the call that is about to be made. */
export function watch(args: unknown[]): void {
  watched = args;
  before = fingerprint(args, 0);
}

/** Whether anything changed; once it has, this looks no more. */
export function hasChanged(): boolean {
  if (watched.length === 0 || fingerprint(watched, 0) === before) return false;
  watched = [];
  return true;
}

const MAX_DEPTH = 4;

/** A number that depends on every entry and its place. Not a safe hash: it only helps to find a line. */
function fingerprint(value: unknown, depth: number): number {
  if (typeof value === "number") return value === value ? value : 0.123;
  if (typeof value === "boolean") return value ? 0.7 : 0.3;
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return 0;
  if (isMatrix(value)) {
    let sum = value.rows + value.columns / 7;
    for (let i = 0; i < value.rows; i += 1) {
      for (let j = 0; j < value.columns; j += 1) {
        sum += fingerprint(value.get(i, j), depth + 1) * (1 + i * 0.37 + j * 0.11);
      }
    }
    return sum;
  }
  const list = value as ArrayLike<unknown>; // read by index only
  if (isArray(value)) return entries(list, value.length, depth);
  if (typedName(value) !== undefined) return entries(list, typedLength(value), depth);
  const names = ownKeys(value);
  let sum = names.length;
  for (let k = 0; k < names.length; k += 1) {
    sum +=
      fingerprint((value as Record<string, unknown>)[names[k] ?? ""], depth + 1) * (2 + k * 0.61);
  }
  return sum;
}

function entries(list: ArrayLike<unknown>, length: number, depth: number): number {
  let sum = length;
  for (let k = 0; k < length; k += 1) sum += fingerprint(list[k], depth + 1) * (1 + k * 0.23);
  return sum;
}
