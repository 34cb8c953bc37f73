/** What a realm had before any student code ran. Both realms load this file, each with its own. */

export const float64Array = Float64Array;
export const parseJson = JSON.parse;
export const formatJson = JSON.stringify;
export const isArray = Array.isArray;
export const ownKeys = Object.keys;
export const namesOf = Object.getOwnPropertyNames;
export const prototypeOf = Object.getPrototypeOf as (value: object) => object | null;
export const descriptorOf = Object.getOwnPropertyDescriptor;
export const makeString = String;

/** A method or getter by itself; `apply` gives it its `this`. */
type Loose<T> = (this: unknown, ...args: unknown[]) => T;

function loose<T>(owner: object, key: PropertyKey, part: "get" | "value"): Loose<T> {
  const found: unknown = (descriptorOf(owner, key) as Record<string, unknown> | undefined)?.[part];
  if (typeof found !== "function") throw new Error("an intrinsic is missing");
  return found as Loose<T>; // its type is fixed by the language
}

const { apply } = Reflect;
const typedPrototype = prototypeOf(Float64Array.prototype) as object;
const tagGetter = loose<string | undefined>(typedPrototype, Symbol.toStringTag, "get");
const lengthGetter = loose<number>(typedPrototype, "length", "get");
const sizeGetter = loose<number>(Map.prototype, "size", "get");
const forEachEntry = loose<void>(Map.prototype, "forEach", "value");
const setTyped = loose<void>(typedPrototype, "set", "value");

// Lists of arguments that are made once, as these calls are made for every row of every matrix.
const none: unknown[] = [];
const fromAndOffset: unknown[] = [undefined, 0];

/** `Float64Array` and so on, or nothing: asks the engine's own class, which no program can forge. */
export function typedName(value: unknown): string | undefined {
  return apply(tagGetter, value, none);
}

export function typedLength(value: unknown): number {
  return apply(lengthGetter, value, none);
}

/** Copies a typed array's numbers by the engine's own loop. */
export function copyTyped(from: ArrayLike<number>, to: Float64Array, offset: number): void {
  fromAndOffset[0] = from;
  fromAndOffset[1] = offset;
  apply(setTyped, to, fromAndOffset);
}

/** Where numbers are copied to: from the index `at` on. */
interface Target {
  to: Float64Array;
  at: number;
}

/**
 * Copies typed arrays of one length, one after the other, until one is anything else. Most of
 * reading is this loop, so it calls nothing but the engine.
 *
 * @returns how many were copied
 */
export function copyRows(rows: unknown[], length: number, { to, at }: Target): number {
  let i = 0;
  try {
    for (; i < rows.length; i += 1) {
      const descriptor = descriptorOf(rows, i);
      if (descriptor === undefined) break;
      const row: unknown = descriptor.value;
      // Throws for what is no typed array, as `set` does for those of BigInts.
      if (apply(lengthGetter, row, none) !== length) break;
      fromAndOffset[0] = row;
      fromAndOffset[1] = at + i * length;
      apply(setTyped, to, fromAndOffset);
    }
  } catch {
    // What it is says the one who reads it slowly.
  }
  return i;
}

/** The number of entries of a Map, or nothing for anything else. */
export function mapSize(value: unknown): number | undefined {
  try {
    return apply(sizeGetter, value, []);
  } catch {
    return undefined;
  }
}

export function eachEntry(map: unknown, visit: (value: unknown, key: unknown) => void): void {
  apply(forEachEntry, map, [visit]);
}
