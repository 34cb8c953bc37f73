import { expect, test } from "vitest";
import * as B from "../../src/assignment/block.ts";
import { maskedAt } from "../../src/judge/appearances.ts";
import type { TraceSite } from "../../src/model/observation.ts";

const of = B.block(2, 3, (i, j) => 1 + 3 * i + j);

const site = (numbers: number[]): TraceSite => ({
  location: { file: "src/dropout.ts", line: 1, column: 1, endLine: 1, endColumn: 2 },
  role: "value",
  order: 0,
  values: numbers.map((value, at) => ({ at, value })),
});

test("a masked matrix is found wherever it begins among other numbers", () => {
  expect(maskedAt(site([7, 9, 0, 8, 2, 0, 6, 8, 0, 12]), of)).toEqual({ at: 9, size: 6 });
});

test("a matrix that lost nothing, or kept two entries only, is not masked", () => {
  expect(maskedAt(site([1, 2, 3, 4, 5, 6]), of)).toBeUndefined();
  expect(maskedAt(site([1, 2, 0, 0, 0, 0]), of)).toBeUndefined();
});

test("an entry where there was 0 before is no masked one", () => {
  const holed = B.block(2, 3, (i, j) => (i + j === 0 ? 0 : B.at(of, i, j)));
  expect(maskedAt(site([5, 2, 3, 4, 0, 6]), holed)).toBeUndefined();
  expect(maskedAt(site([0, 2, 3, 4, 0, 6]), holed)).toEqual({ at: 5, size: 6 });
});
