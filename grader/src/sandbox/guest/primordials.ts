/** What a realm had before any student code ran. Both realms load this file, each with its own. */

export const float64Array = Float64Array;
export const parseJson = JSON.parse;
export const formatJson = JSON.stringify;
export const isArray = Array.isArray;
export const ownKeys = Object.keys;
const { hasOwn } = Object;
export const namesOf = Object.getOwnPropertyNames;
export const prototypeOf = Object.getPrototypeOf as (value: object) => object | null;
export const descriptorOf = Object.getOwnPropertyDescriptor;
export const makeString = String;

/** A method or getter by itself: its `this` is the first argument. */
type Loose<T> = (self: unknown, ...args: unknown[]) => T;

const { call } = Function.prototype;

function loose<T>(owner: object, key: PropertyKey, part: "get" | "value"): Loose<T> {
  const found: unknown = (descriptorOf(owner, key) as Record<string, unknown> | undefined)?.[part];
  if (typeof found !== "function") throw new Error("an intrinsic is missing");
  return call.bind(found) as Loose<T>; // its type is fixed by the language
}

const typedPrototype = prototypeOf(Float64Array.prototype) as object;
const tagGetter = loose<string | undefined>(typedPrototype, Symbol.toStringTag, "get");
const lengthGetter = loose<number>(typedPrototype, "length", "get");
const sizeGetter = loose<number>(Map.prototype, "size", "get");
const forEachEntry = loose<void>(Map.prototype, "forEach", "value");
const setTyped = loose<void>(typedPrototype, "set", "value");
const getterOf = loose<unknown>(Object.prototype, "__lookupGetter__", "value");

/** Whether a property, its own or inherited, is code that runs when it is asked for. */
export function hasGetter(holder: object, key: PropertyKey): boolean {
  return getterOf(holder, key) !== undefined;
}

/** Whether a property is there and is no code. A descriptor would say the same, and costs twice as much. */
export function isOwnData(holder: object, key: PropertyKey): boolean {
  return hasOwn(holder, key) && getterOf(holder, key) === undefined;
}

/** `Float64Array` and so on, or nothing: asks the engine's own class, which no program can forge. */
export function typedName(value: unknown): string | undefined {
  return tagGetter(value);
}

export function typedLength(value: unknown): number {
  return lengthGetter(value);
}

/** Copies a typed array's numbers by the engine's own loop. */
export function copyTyped(from: ArrayLike<number>, to: Float64Array, offset: number): void {
  setTyped(to, from, offset);
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
      if (getterOf(rows, i) !== undefined) break;
      const row = rows[i];
      // Throws for what is no typed array, as `set` does for those of BigInts.
      if (lengthGetter(row) !== length) break;
      setTyped(to, row, at + i * length);
    }
  } catch {
    // What it is says the one who reads it slowly.
  }
  return i;
}

/** The number of entries of a Map, or nothing for anything else. */
export function mapSize(value: unknown): number | undefined {
  try {
    return sizeGetter(value);
  } catch {
    return undefined;
  }
}

export function eachEntry(map: unknown, visit: (value: unknown, key: unknown) => void): void {
  forEachEntry(map, visit);
}
