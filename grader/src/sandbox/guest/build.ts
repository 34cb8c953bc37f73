import { Matrix } from "ml-matrix";
import { copyTyped, float64Array, ownKeys, parseJson, typedName } from "./primordials.ts";
import { makeSource } from "./rng.ts";
import type { BuildSpec, BuildText } from "../spec.ts";

const typedConstructors: Record<string, new (length: number) => { [index: number]: number }> = {
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

let MatrixClass: new (rows: number, columns: number) => object = Matrix;

/** Arguments that calls share, by the name that they are shared under. */
let shared = noArguments();

function noArguments(): Record<string, unknown> {
  return { __proto__: null };
}

/**
 * Outside the sandbox, a program may have an `ml-matrix` of its own: builds its objects from now on.
 * What was shared before belonged to another program.
 */
export function buildMatricesOf(given: typeof MatrixClass): void {
  MatrixClass = given;
  shared = noArguments();
}

interface Source {
  buffer: ArrayBuffer;
  numbers: Float64Array;
  kept: unknown[];
  counts: (() => number)[];
}

type MatrixSpec = Extract<BuildSpec, { kind: "matrix" }>;
type RecordSpec = Extract<BuildSpec, { kind: "record" }>;

/**
 * Builds the arguments of one call in the student's realm: `Matrix` objects of the very
 * `ml-matrix` that the student imports, arrays and typed arrays.
 *
 * @param text the `BuildText` as JSON
 * @param buffer all their numbers, one after the other
 * @param kept values of earlier calls, by index
 */
export function build(text: string, buffer: ArrayBuffer, ...kept: unknown[]) {
  const { specs, objects }: BuildText = parseJson(text);
  const source: Source = { buffer, numbers: new float64Array(buffer), kept, counts: [] };
  const args: unknown[] = [];
  for (let i = 0; i < specs.length; i += 1) {
    const spec = specs[i] as BuildSpec;
    const name = objects[i];
    if (name === undefined) args[i] = buildOne(spec, source);
    else args[i] = shared[name] = buildAgain(spec, source, shared[name]);
  }
  const count = () => {
    let sum = 0;
    for (let i = 0; i < source.counts.length; i += 1) sum += source.counts[i]?.() ?? 0;
    return sum;
  };
  return { args, count };
}

function buildOne(spec: BuildSpec, source: Source): unknown {
  switch (spec.kind) {
    case "scalar":
      return source.numbers[spec.offset];
    case "kept":
      return source.kept[spec.index];
    case "matrix":
      return buildMatrix(spec, source);
    case "record":
      return buildRecord(spec.entries, source);
    case "rng":
      return buildRng(spec, source);
  }
}

/**
 * The object of an earlier call with the values of this one, so that only its identity is the same;
 * another one where a program has made something else of it.
 */
function buildAgain(spec: BuildSpec, source: Source, earlier: unknown): unknown {
  if (!fits(spec, earlier)) return buildOne(spec, source);
  if (spec.kind === "matrix") return fillMatrix(spec, source, earlier as object);
  const { entries } = spec as RecordSpec; // nothing else fits
  const names = ownKeys(entries);
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i] as string;
    buildAgain(entries[name] as BuildSpec, source, (earlier as Record<string, unknown>)[name]);
  }
  return earlier;
}

function fits(spec: BuildSpec, earlier: unknown): boolean {
  if (typeof earlier !== "object" || earlier === null) return false;
  if (spec.kind === "matrix") {
    const { rows, columns } = earlier as { rows?: unknown; columns?: unknown };
    return spec.container === "Matrix" && rows === spec.rows && columns === spec.cols;
  }
  if (spec.kind !== "record") return false;
  const names = ownKeys(spec.entries);
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i] as string;
    const entry = (earlier as Record<string, unknown>)[name];
    if (!fits(spec.entries[name] as BuildSpec, entry)) return false;
  }
  return true;
}

function buildRng(spec: Extract<BuildSpec, { kind: "rng" }>, source: Source): unknown {
  const table = new float64Array(source.buffer, spec.offset * 8, spec.length);
  const made = makeSource(table, spec.length, spec.seed);
  source.counts[source.counts.length] = made.count;
  return made.source;
}

/** Replaces what `JSON.parse` made properties already, so that a setter on `Object.prototype` sees nothing. */
function buildRecord(entries: Record<string, BuildSpec>, source: Source): object {
  const names = ownKeys(entries);
  const record: Record<string, unknown> = entries;
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i] as string;
    record[name] = buildOne(entries[name] as BuildSpec, source);
  }
  return record;
}

function buildMatrix(spec: MatrixSpec, source: Source): unknown {
  const { numbers } = source;
  const { rows, cols, offset, container, typed } = spec;
  const size = rows * cols;
  const read = (index: number): unknown => {
    const value = numbers[offset + index] as number;
    return spec.element === "boolean" ? value !== 0 : value;
  };
  switch (container) {
    case "Matrix":
      return fillMatrix(spec, source, new MatrixClass(rows, cols));
    case "number":
      return read(0);
    case "flat":
      return fillPlain([], size, read);
    case "typed-flat":
      return fillTyped(typed, size, (i) => numbers[offset + i] as number);
    case "rows":
      return fillPlain([], rows, (i) => fillPlain([], cols, (j) => read(i * cols + j)));
    case "typed-rows":
      return fillPlain([], rows, (i) =>
        fillTyped(typed, cols, (j) => numbers[offset + i * cols + j] as number),
      );
  }
}

function fillMatrix(spec: MatrixSpec, { buffer }: Source, matrix: object): object {
  const { rows, cols, offset } = spec;
  // `data` is how ml-matrix 6 stores its rows; its types leave it out.
  const { data } = matrix as unknown as { data: Float64Array[] };
  for (let i = 0; i < rows; i += 1) {
    const from = new float64Array(buffer, (offset + i * cols) * 8, cols);
    const row = data[i] as Float64Array;
    // A program may have put something else in the place of `Float64Array`.
    if (typedName(row) === "Float64Array") copyTyped(from, row, 0);
    else for (let j = 0; j < cols; j += 1) row[j] = from[j] as number;
  }
  return matrix;
}

function fillPlain(list: unknown[], length: number, entry: (index: number) => unknown): unknown[] {
  for (let i = 0; i < length; i += 1) list[i] = entry(i);
  return list;
}

function fillTyped(name: string, length: number, entry: (index: number) => number): unknown {
  const Typed = typedConstructors[name] ?? float64Array;
  const list = new Typed(length);
  for (let i = 0; i < length; i += 1) list[i] = entry(i);
  return list;
}
