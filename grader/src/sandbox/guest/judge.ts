/**
 * The reader's realm. It reads what a program returned by intrinsics that no student code has
 * touched, and none of its own objects is ever reachable from student code: a function of this
 * realm that a student could hold would hand out this realm's `Function` by its `constructor`.
 */

import {
  copyTyped,
  descriptorOf,
  eachEntry,
  float64Array,
  formatJson,
  isArray,
  mapSize,
  ownKeys,
  prototypeOf,
  typedLength,
} from "./primordials.ts";
import { formatSpec } from "./format-spec.ts";
import { startNumbers, takeNumbers } from "./numbers.ts";
import { askOnce, read, startReading } from "./read.ts";
import type { StudentRealm } from "./read.ts";
import { ownValue, typedNumbers } from "./words.ts";

const MAX_TEXT = 300;
const MAX_STACK = 8000;

let realm: StudentRealm | undefined;

export function meetStudentRealm({ prototypes, readView, readGetter }: StudentRealm): void {
  realm = { prototypes, readView, readGetter };
}

function studentRealm(): StudentRealm {
  if (realm === undefined) throw new Error("the student's realm is not known yet");
  return realm;
}

/** Any number of values at once, as `ReadSpec[]` in JSON and the numbers that it points into. */
export function readValues(...values: unknown[]): { text: string; numbers: ArrayBuffer } {
  startNumbers();
  startReading();
  const student = studentRealm();
  let text = "";
  for (let i = 0; i < values.length; i += 1) {
    text += (i === 0 ? "" : ",") + formatSpec(read(values[i], student, 0));
  }
  return { text: `[${text}]`, numbers: takeNumbers() };
}

/** A string as JSON, which survives every character; cut at `limit`. */
export function readText(value: unknown, limit: number): string {
  return formatJson(cutText(value, limit));
}

/** A thrown value as JSON. Only strings that are plain data count; no getter runs. */
export function readThrown(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) {
    return formatJson({
      name: `thrown ${describe(thrown)}`,
      message: plainText(thrown),
      stack: "",
    });
  }
  return formatJson({
    name: cutText(inherited(thrown, "name"), MAX_TEXT) || "an object",
    message: cutText(inherited(thrown, "message"), MAX_TEXT),
    stack: cutText(ownValue(thrown, "stack"), MAX_STACK),
  });
}

function describe(thrown: unknown): string {
  return thrown === null ? "null" : typeof thrown;
}

function plainText(thrown: unknown): string {
  if (typeof thrown === "number" || typeof thrown === "boolean") return `${thrown}`;
  return cutText(thrown, MAX_TEXT);
}

function cutText(value: unknown, limit: number): string {
  if (typeof value !== "string") return "";
  if (value.length <= limit) return value;
  let cut = "";
  for (let i = 0; i < limit; i += 1) cut += value[i] ?? "";
  return `${cut}…`;
}

/** The first data property of that name on the object or its prototypes. */
function inherited(holder: object, key: string): unknown {
  let link: object | null = holder;
  for (let i = 0; link !== null && i < 8; i += 1) {
    const descriptor = descriptorOf(link, key);
    if (descriptor !== undefined) return descriptor.value;
    link = prototypeOf(link);
  }
  return undefined;
}

/** One property of a record or an entry of a Map, for handing a part of a kept value on. */
export function partOf(holder: unknown, key: string): unknown {
  if (typeof holder !== "object" || holder === null) return undefined;
  if (mapSize(holder) === undefined) {
    const got = askOnce(holder, key, studentRealm());
    return isArray(got) ? ownValue(got, 0) : undefined;
  }
  let found: unknown;
  eachEntry(holder, (value, name) => {
    if (name === key) found = value;
  });
  return found;
}

/** The names that a module exports. */
export function namesOf(namespace: object): string {
  return formatJson(ownKeys(namespace));
}

/** The first `length` numbers of a typed array. */
export function copyNumbers(from: unknown, length: number): ArrayBuffer | undefined {
  if (typedNumbers(from) !== "Float64Array" || typedLength(from) < length) return undefined;
  const whole = new float64Array(typedLength(from));
  copyTyped(from as Float64Array, whole, 0);
  const copy = new float64Array(length);
  copyTyped(new float64Array(whole.buffer, 0, length), copy, 0);
  return copy.buffer;
}
