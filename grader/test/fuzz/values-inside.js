// Runs inside of the sandbox, bundled with fast-check: makes a value of any kind from a seed.
import fc from "fast-check";
import { Matrix } from "ml-matrix";

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
  withUnicodeString: true,
});
const entry = fc.oneof(
  { weight: 8, arbitrary: fc.double() },
  fc.constantFrom(0, -0, NaN, Infinity, 5e-324, 1n, true, null, undefined, "1"),
);
const rows = fc.array(fc.array(entry, { maxLength: 5 }), { maxLength: 5 });
const even = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([n, m]) =>
    fc.array(fc.array(fc.double(), { minLength: m, maxLength: m }), { minLength: n, maxLength: n }),
  );
const matrix = even.map((values) => new Matrix(values));

/** A matrix whose parts are not what they were. */
const lying = fc
  .tuple(matrix, fc.constantFrom("rows", "columns", "data", "get", "constructor"), anything)
  .map(([honest, key, value]) => {
    try {
      honest[key] = value;
    } catch {
      // Some parts cannot be written to.
    }
    return honest;
  });

/** Properties that change, hide or shout. */
const trapped = fc
  .tuple(fc.oneof(anything, matrix, rows), fc.string(), fc.nat(4))
  .map(([value, key, kind]) => {
    if (typeof value !== "object" || value === null) return value;
    let looks = 0;
    const traps = [
      { get: () => (looks += 1) },
      {
        get: () => {
          throw new Error("looked at");
        },
      },
      { value: 1, enumerable: false },
      { value, enumerable: true },
      { get: () => value },
    ];
    const name = kind % 2 === 0 ? "0" : key;
    try {
      Object.defineProperty(value, name, { configurable: true, ...traps[kind] });
    } catch {
      // Typed arrays and frozen objects refuse.
    }
    return value;
  });

const names = fc.oneof(
  fc.constantFrom("A3", "cache", "dW1", "Z1", "__proto__", "constructor", "toJSON", "then"),
  fc.string(),
);
const part = fc.oneof(matrix, rows, even, lying, trapped, anything);
const record = fc.dictionary(names, part, { maxKeys: 6 });
const nested = record.map((cache) => ({ A3: [[0.5]], cache }));
const typed = even.map((values) => values.map((row) => Float64Array.from(row)));
const value = fc.oneof(part, record, nested, typed);

export function predict(seed) {
  return fc.sample(value, { seed, numRuns: 1 })[0];
}
export const forward_propagation_with_dropout = predict;
export const backward_propagation_with_dropout = predict;
