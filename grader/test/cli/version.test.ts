import { expect, test } from "vitest";
import { docsHome } from "../../src/version.ts";

test("pages are at the version's tag, once somebody has said whose repository it is", () => {
  const homepage = "https://github.com/cs101/dropout-grader";
  expect(docsHome({ version: "1.4.0", homepage })).toBe(`${homepage}/blob/v1.4.0`);
  const unfilled = "https://github.com/YOUR-ORG/dropout-grader";
  expect(docsHome({ version: "1.4.0", homepage: unfilled })).toBeUndefined();
});
