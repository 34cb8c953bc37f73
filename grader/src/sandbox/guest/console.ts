import { isArray, makeString, ownKeys, typedLength, typedName } from "./primordials.ts";
import { isMatrix } from "./matrices.ts";
import type { AnyMatrix } from "./matrices.ts";

const MAX_DEPTH = 3;
const MAX_ENTRIES = 100;

let text = "";
let room = 4096;
let cut = false;

/** Sets how many more characters are kept. */
export function allowConsole(characters: number): void {
  room = characters;
  cut = false;
}

/** What was printed since this was last asked. */
export function takeConsole(): string {
  const taken = text;
  text = "";
  return taken;
}

function write(addition: string): void {
  if (cut) return;
  if (addition.length <= room) {
    text += addition;
    room -= addition.length;
    return;
  }
  for (let i = 0; i < room; i += 1) text += addition[i] ?? "";
  text += "… cut\n";
  cut = true;
}

/** Prints its arguments. Formats as little as it must, as a student's own getters may run in here. */
const log = (...values: unknown[]) => {
  if (cut) return;
  let line = "";
  for (let i = 0; i < values.length; i += 1) {
    line += (i === 0 ? "" : " ") + format(values[i], 0);
    if (line.length > room) break;
  }
  write(line + "\n");
};

const nothing = () => {};

const assert = (isTrue?: unknown, ...values: unknown[]) => {
  if (!isTrue) log("Assertion failed:", ...values);
};

const counts: Record<string, number> = { __proto__: null } as never; // nothing that a program could change

const count = (label: unknown = "default") => {
  const name = makeString(label);
  const times = (counts[name] ?? 0) + 1;
  counts[name] = times;
  log(`${name}: ${times}`);
};

const countReset = (label: unknown = "default") => {
  counts[makeString(label)] = 0;
};

/** All that a program may call of Node's. There is no clock, so `time` says nothing. */
export const studentConsole = {
  assert,
  clear: nothing,
  count,
  countReset,
  log,
  info: log,
  warn: log,
  error: log,
  debug: log,
  table: log,
  dir: log,
  dirxml: log,
  group: log,
  groupCollapsed: log,
  groupEnd: nothing,
  profile: nothing,
  profileEnd: nothing,
  time: nothing,
  timeEnd: nothing,
  timeLog: nothing,
  timeStamp: nothing,
  trace: log,
};

function format(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return depth === 0 ? value : `"${value}"`;
    case "number":
      return value === 0 && 1 / value < 0 ? "-0" : `${value}`;
    case "function":
      return "[function]";
    case "object":
      return value === null ? "null" : formatObject(value, depth);
    case "bigint":
    case "boolean":
    case "symbol":
    case "undefined":
      return makeString(value);
  }
}

function formatObject(value: object, depth: number): string {
  if (isMatrix(value)) return formatMatrix(value);
  if (depth >= MAX_DEPTH) return "…";
  if (isArray(value)) return `[${formatList(value, value.length, depth)}]`;
  const typed = typedName(value);
  if (typed !== undefined) {
    return `${typed} [${formatList(value as Float64Array, typedLength(value), depth)}]`;
  }
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return formatRecord(value as Record<string, unknown>, depth);
}

function formatRecord(value: Record<string, unknown>, depth: number): string {
  const names = ownKeys(value);
  let inside = "";
  for (let i = 0; i < names.length && i < MAX_ENTRIES; i += 1) {
    const name = names[i] as string;
    inside += `${i === 0 ? " " : ", "}${name}: ${format(value[name], depth + 1)}`;
    if (inside.length > room) break;
  }
  return inside === "" ? "{}" : `{${inside} }`;
}

function formatList(list: ArrayLike<unknown>, length: number, depth: number): string {
  let inside = "";
  for (let i = 0; i < length; i += 1) {
    if (i === MAX_ENTRIES) return `${inside}, …`;
    inside += (i === 0 ? "" : ", ") + format(list[i], depth + 1);
    if (inside.length > room) break;
  }
  return inside;
}

function formatMatrix(matrix: AnyMatrix): string {
  let inside = `Matrix ${matrix.rows}x${matrix.columns}`;
  for (let i = 0; i < matrix.rows && i < MAX_ENTRIES; i += 1) {
    inside += "\n  [";
    for (let j = 0; j < matrix.columns && j < MAX_ENTRIES; j += 1) {
      inside += (j === 0 ? "" : ", ") + format(matrix.get(i, j), MAX_DEPTH);
    }
    inside += "]";
    if (inside.length > room) break;
  }
  return inside;
}
