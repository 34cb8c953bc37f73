import {
  eachEntry,
  isArray,
  isOwnData,
  mapSize,
  ownKeys,
  prototypeOf,
  typedName,
} from "./primordials.ts";
import { other, readArray, readScalar, readTyped } from "./read-matrix.ts";
import { readMlMatrix } from "./read-ml-matrix.ts";
import type { ReadView } from "./read-ml-matrix.ts";
import { getterNames } from "./getters.ts";
import type { ReadGetter } from "./getters.ts";
import { kindOf, ownValue, typedNumbers } from "./words.ts";
import type { ReadSpec } from "../spec.ts";

const MAX_DEPTH = 3;
const MAX_KEYS = 64;
const MAX_CHAIN = 8;

/** What the reader knows of the student's realm; set before any student code runs. */
export interface StudentRealm {
  prototypes: Record<"matrix" | "promise" | "set" | "error" | "generator", object>;
  readView: ReadView;
  readGetter: ReadGetter;
}

/** Matrices that were read already: a cache holds the very parameters that the call was given. */
let known = new Map<object, ReadSpec>();

/** Forgets what was read before. */
export function startReading(): void {
  known = new Map();
}

function readMatrixOnce(value: object, readView: ReadView): ReadSpec {
  const before = known.get(value);
  if (before !== undefined) return before;
  const spec = readMlMatrix(value, readView);
  known.set(value, spec);
  return spec;
}

/** Describes any value without running code of the student's, but for the `get` of matrix views. */
export function read(value: unknown, realm: StudentRealm, depth: number): ReadSpec {
  if (typeof value === "number" || typeof value === "boolean") return readScalar(value);
  if (typeof value !== "object" || value === null) return other(kindOf(value));
  const typed = typedNumbers(value);
  if (typed !== undefined) return readTyped(value, typed);
  if (typedName(value) !== undefined) return other(`a ${typedName(value)}`);
  if (isArray(value)) return readArray(value);
  const { prototypes } = realm;
  if (inherits(value, prototypes.matrix)) return readMatrixOnce(value, realm.readView);
  if (inherits(value, prototypes.promise)) return other("a promise");
  if (inherits(value, prototypes.generator)) return other("a generator");
  if (inherits(value, prototypes.set)) return other("a Set");
  if (inherits(value, prototypes.error)) return other("an Error");
  if (depth >= MAX_DEPTH) return other("an object inside too many others");
  return readRecord(value, realm, depth);
}

function inherits(value: object, prototype: object): boolean {
  let link = prototypeOf(value);
  for (let i = 0; link !== null && i < MAX_CHAIN; i += 1) {
    if (link === prototype) return true;
    link = prototypeOf(link);
  }
  return false;
}

type Entry = [string, ReadSpec];

function readRecord(value: object, realm: StudentRealm, depth: number): ReadSpec {
  const entries: Entry[] = [];
  const size = mapSize(value);
  if (size !== undefined) {
    eachEntry(value, (held, key) => {
      if (typeof key === "string" && entries.length < MAX_KEYS) {
        entries[entries.length] = [key, read(held, realm, depth + 1)];
      }
    });
    return { kind: "record", entries };
  }
  const names = ownKeys(value);
  for (let i = 0; i < names.length && i < MAX_KEYS; i += 1) {
    const name = names[i] as string;
    entries[i] = [name, readProperty(value, name, { realm, depth })];
  }
  addGetters(entries, value, { realm, depth });
  return { kind: "record", entries };
}

/** Those that `Object.keys` leaves out: a class keeps its getters to itself. */
function addGetters(entries: Entry[], value: object, place: Place): void {
  const names = getterNames(value);
  for (let i = 0; i < names.length && entries.length < MAX_KEYS; i += 1) {
    const name = names[i] as string;
    if (!has(entries, name)) entries[entries.length] = [name, readProperty(value, name, place)];
  }
}

function has(entries: readonly Entry[], name: string): boolean {
  for (let i = 0; i < entries.length; i += 1) if (entries[i]?.[0] === name) return true;
  return false;
}

interface Place {
  realm: StudentRealm;
  depth: number;
}

function readProperty(holder: object, name: string, { realm, depth }: Place): ReadSpec {
  const got = askOnce(holder, name, realm);
  if (!isArray(got)) return other("a property whose getter throws");
  return read(ownValue(got, 0), realm, depth + 1);
}

/** A property's value in a list of one; nothing where a getter throws. It may give another one each time. */
export function askOnce(holder: object, name: string, realm: StudentRealm): unknown {
  const isData = isOwnData(holder, name);
  return isData ? [(holder as Record<string, unknown>)[name]] : realm.readGetter(holder, name);
}
