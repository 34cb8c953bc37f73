import {
  descriptorOf,
  eachEntry,
  isArray,
  mapSize,
  ownKeys,
  prototypeOf,
  typedName,
} from "./primordials.ts";
import { other, readArray, readScalar, readTyped } from "./read-matrix.ts";
import { readMlMatrix } from "./read-ml-matrix.ts";
import type { ReadView } from "./read-ml-matrix.ts";
import { kindOf, typedNumbers } from "./words.ts";
import type { ReadSpec } from "../spec.ts";

const MAX_DEPTH = 3;
const MAX_KEYS = 64;
const MAX_CHAIN = 8;

/** What the reader knows of the student's realm; set before any student code runs. */
export interface StudentRealm {
  prototypes: Record<"matrix" | "promise" | "set" | "error" | "generator", object>;
  readView: ReadView;
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
  return { kind: "record", entries };
}

interface Place {
  realm: StudentRealm;
  depth: number;
}

function readProperty(holder: object, name: string, { realm, depth }: Place): ReadSpec {
  const descriptor = descriptorOf(holder, name);
  if (descriptor === undefined) return other("undefined");
  if (descriptor.get !== undefined || descriptor.set !== undefined) {
    return other("a property with a getter");
  }
  return read(descriptor.value, realm, depth + 1);
}
