/** A misconception is an entry, a page and two programs; this says which of them is missing. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { CATALOGUE } from "../src/catalogue/index.ts";
import { NOTES } from "../src/catalogue/notes.ts";
import { PROBLEMS } from "../src/catalogue/problems.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folders = readdirSync(`${root}solutions/wrong`);

/** The ids of the catalogue that are misconceptions, and not what can happen to any program. */
const misconceptions = CATALOGUE.map((entry) => entry.id as string).filter((id) =>
  /^check: (forward|backward|predict)/m.test(
    readFileSync(`${root}docs/misconceptions/${id}.md`, "utf8"),
  ),
);

test("ids are unique, and each has its file", () => {
  const ids = CATALOGUE.map((entry) => entry.id);
  expect(new Set(ids).size).toBe(ids.length);
  const files = readdirSync(`${root}grader/src/catalogue/entries`).map((f) =>
    f.replace(/\.ts$/, ""),
  );
  expect(files.toSorted()).toEqual([...ids].toSorted());
});

test.each([...CATALOGUE, ...NOTES].map((entry) => entry.id))("%s has its page", (id) => {
  expect(existsSync(`${root}docs/misconceptions/${id}.md`)).toBe(true);
});

test.each(Object.entries(PROBLEMS).map(([id, { page }]) => [id, page]))(
  "the problem %s has the page %s",
  (_, page) => {
    expect(existsSync(`${root}docs/misconceptions/${page}.md`)).toBe(true);
  },
);

test.each(misconceptions.filter((id) => folders.includes(id)))("%s has two programs", (id) => {
  expect(readdirSync(`${root}solutions/wrong/${id}`).length).toBeGreaterThanOrEqual(2);
});

test("every folder of wrong programs is an id of the catalogue", () => {
  const known = new Set<string>(CATALOGUE.map((entry) => entry.id));
  const others = folders.filter((folder) => !known.has(folder));
  expect(others.toSorted()).toEqual(["combined", "unexplained"]);
});
