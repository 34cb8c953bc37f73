import { readRows, type Rows } from "../run/values.ts";

/** Relative to the largest entry, and wide enough for single precision. */
const TOLERANCE = 1e-4;

/** What makes a program wrong, in words for the person who reads a list of mutants. */
export class Wrong extends Error {
  override name = "Wrong";
}

export function isClose(found: Rows, expected: Rows): boolean {
  const size = Math.max(1e-6, ...expected.flat().map(Math.abs));
  return found.every((row, i) =>
    row.every((x, j) => Math.abs(x - (expected[i]?.[j] ?? Number.NaN)) <= TOLERANCE * size),
  );
}

/** @throws Wrong unless `value` holds one of the expected rectangles */
export function expectRows(name: string, value: unknown, accepted: readonly Rows[]): Rows {
  const [first = []] = accepted;
  const found = readRows(value, first.length, first[0]?.length ?? 0);
  if (found === undefined) throw new Wrong(`${name} is not ${first.length} x ${first[0]?.length}`);
  if (!accepted.some((rows) => isClose(found, rows))) throw new Wrong(`${name} has other values`);
  return found;
}

/** Plain data of an argument, to see whether a call changed it. */
export function snapshot(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === "object" && inner !== null && "to2DArray" in inner) {
      // A Matrix says what it holds by this method alone.
      return (inner as { to2DArray(): unknown }).to2DArray();
    }
    return ArrayBuffer.isView(inner) ? [...(inner as Float64Array)] : inner;
  });
}
