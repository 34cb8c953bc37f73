import { expect, test } from "vitest";
import { RUBRIC } from "../../src/assignment/rubric.ts";
import { CHECK_IDS } from "../../src/model/rubric.ts";

test("the rubric has every check once, in order, for 100 points", () => {
  expect(RUBRIC.map(({ id }) => id)).toEqual(CHECK_IDS);
  expect(RUBRIC.reduce((sum, { points }) => sum + points, 0)).toBe(100);
});

test("titles fit the table, and a check's id begins with its function", () => {
  for (const { id, fn, title } of RUBRIC) {
    expect(title.length).toBeLessThanOrEqual(46);
    expect(fn.startsWith(id.split(".")[0] ?? "?")).toBe(true);
  }
});
