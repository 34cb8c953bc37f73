import { isArray, typedLength } from "./primordials.ts";
import { putAll, putRows, reserve } from "./numbers.ts";
import { matrix, other, readRow } from "./read-matrix.ts";
import { entryProblem, ownValue, typedNumbers } from "./words.ts";
import type { ReadSpec } from "../spec.ts";

/** Of the student's realm: asks a view for each entry once. */
export type ReadView = (view: object, rows: number, cols: number) => Float64Array | undefined;

/** An `ml-matrix` object of any class. Its shape must be plain data, whatever its class says. */
export function readMlMatrix(value: object, readView: ReadView): ReadSpec {
  const rows = ownValue(value, "rows");
  const cols = ownValue(value, "columns");
  if (!isCount(rows) || !isCount(cols)) return other("a Matrix whose shape is not plain numbers");
  if (rows === 0 || cols === 0) return other(`an empty Matrix (${rows} by ${cols})`);
  const offset = reserve(rows * cols);
  if (offset === undefined) return other("a Matrix that is too large");
  const data = ownValue(value, "data");
  const parts = { rows, cols, offset, container: "Matrix", element: "number", typed: "" } as const;
  if (isArray(data) && data.length === rows && isRow(ownValue(data, 0), cols)) {
    const problem = readData(data, cols, offset);
    return problem === undefined ? matrix(parts) : other(problem);
  }
  const numbers = readView(value, rows, cols);
  if (typedNumbers(numbers) !== "Float64Array" || typedLength(numbers) !== rows * cols) {
    return other("a Matrix with an entry that is not a number");
  }
  putAll(offset, numbers as Float64Array);
  return matrix(parts);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1e6 && value % 1 === 0;
}

function isRow(row: unknown, cols: number): boolean {
  if (isArray(row)) return row.length === cols;
  return typedNumbers(row) !== undefined && typedLength(row) === cols;
}

/** Copies the stored rows; says what is wrong with the first that is not a row of numbers. */
function readData(data: unknown[], cols: number, offset: number): string | undefined {
  for (let i = putRows(data, cols, offset); i < data.length; i += 1) {
    const row = ownValue(data, i);
    if (!isRow(row, cols)) return `a Matrix whose row ${i + 1} is not a row of ${cols} numbers`;
    const seen = readRow(row as object, cols, offset + i * cols);
    if ("bad" in seen) {
      const what = entryProblem(row as object, seen.bad);
      return `a Matrix with ${what} in row ${i + 1}, column ${seen.bad + 1}`;
    }
  }
  return undefined;
}
