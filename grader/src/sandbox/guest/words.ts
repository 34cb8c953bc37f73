import { descriptorOf, isArray, isOwnData, typedName } from "./primordials.ts";

/** The value of an own data property; nothing where it is missing or computed by a getter. */
export function ownValue(holder: object, key: PropertyKey): unknown {
  return isOwnData(holder, key) ? (holder as Record<PropertyKey, unknown>)[key] : undefined;
}

/** Why an entry of an array cannot be read as a number, as "a string". */
export function entryProblem(holder: object, key: PropertyKey): string {
  const descriptor = descriptorOf(holder, key);
  if (descriptor === undefined) return "nothing";
  if (descriptor.get !== undefined || descriptor.set !== undefined) return "a getter";
  return kindOf(descriptor.value);
}

/** What a value is, in a student's words. */
export function kindOf(value: unknown): string {
  switch (typeof value) {
    case "undefined":
      return "undefined";
    case "string":
      return "a string";
    case "number":
      return "a number";
    case "boolean":
      return "a boolean";
    case "bigint":
      return "a BigInt";
    case "symbol":
      return "a symbol";
    case "function":
      return "a function";
    case "object":
      if (value === null) return "null";
      if (isArray(value)) return "an array";
      return typedName(value) === undefined ? "an object" : "a typed array";
  }
}

const typesOfNumbers = [
  "Float64Array",
  "Float32Array",
  "Int8Array",
  "Uint8Array",
  "Uint8ClampedArray",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
];

/** The constructor of a typed array that holds numbers (not `BigInt64Array`). */
export function typedNumbers(value: unknown): string | undefined {
  const name = typedName(value);
  if (name === undefined) return undefined;
  for (let i = 0; i < typesOfNumbers.length; i += 1) {
    if (typesOfNumbers[i] === name) return name;
  }
  return undefined;
}
