import { eachEntry, isArray, mapSize, ownKeys, typedName } from "./primordials.ts";

const MAX_DEPTH = 100;

const typedConstructors: Record<string, new (from: ArrayLike<number>) => unknown> = {
  Float64Array,
  Float32Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
};

/** A small `structuredClone`: plain data, arrays, typed arrays and Maps; no cycles. */
export const clonePlain = (value: unknown): unknown => clone(value, 0);

function clone(value: unknown, depth: number): unknown {
  if (typeof value === "function" || typeof value === "symbol") {
    throw new TypeError(`a ${typeof value} cannot be cloned`);
  }
  if (typeof value !== "object" || value === null) return value;
  if (depth > MAX_DEPTH) throw new TypeError("the value is nested too deeply to be cloned");
  if (isArray(value)) return cloneList(value, depth);
  const Typed = typedConstructors[typedName(value) ?? ""];
  if (Typed !== undefined) return new Typed(value as Float64Array);
  if (mapSize(value) !== undefined) return cloneMap(value, depth);
  return cloneRecord(value as Record<string, unknown>, depth);
}

function cloneList(list: unknown[], depth: number): unknown[] {
  const copy: unknown[] = [];
  for (let i = 0; i < list.length; i += 1) copy[i] = clone(list[i], depth + 1);
  return copy;
}

function cloneMap(map: object, depth: number): Map<unknown, unknown> {
  const copy = new Map<unknown, unknown>();
  eachEntry(map, (value, key) => copy.set(key, clone(value, depth + 1)));
  return copy;
}

/** Like the real one, it keeps own values and drops the class. */
function cloneRecord(record: Record<string, unknown>, depth: number): Record<string, unknown> {
  const names = ownKeys(record);
  let copy: Record<string, unknown> = {};
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i] as string;
    copy = { ...copy, [name]: clone(record[name], depth + 1) };
  }
  return copy;
}
