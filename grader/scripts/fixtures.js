/**
 * Writes the seeded cases into `fixtures/`, or, with `--check`, compares them and exits with 1
 * where a file differs by one byte, is missing, or is left over. `--dir` names another folder.
 */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildCase, caseName, RECIPES } from "./fixtures/cases.js";
import { toText } from "./fixtures/text.js";

const { values } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    dir: { type: "string", default: fileURLToPath(new URL("../../fixtures/", import.meta.url)) },
  },
});

const files = new Map(
  RECIPES.map((recipe) => [`${caseName(recipe)}.json`, `${toText(buildCase(recipe))}\n`]),
);

const problems = values.check ? differences(values.dir) : write(values.dir);
for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error("Run `npm run fixtures` and look at what changed before you commit it.");
  process.exitCode = 1;
}

/** @param {string} dir @returns {string[]} */
function write(dir) {
  for (const [name, text] of files) writeFileSync(join(dir, name), text);
  console.log(`Wrote ${files.size} seeded cases to ${dir}`);
  return leftOver(dir);
}

/** @param {string} dir @returns {string[]} */
function differences(dir) {
  const present = new Set(readdirSync(dir));
  const changed = [...files].flatMap(([name, text]) => {
    if (!present.has(name)) return [`fixtures/${name} is missing.`];
    return firstDifference(name, text, readFileSync(join(dir, name), "utf8"));
  });
  return [...changed, ...leftOver(dir)];
}

/** @param {string} name @param {string} expected @param {string} found @returns {string[]} */
function firstDifference(name, expected, found) {
  if (expected === found) return [];
  const lines = found.split("\n");
  const line = expected.split("\n").findIndex((text, index) => text !== lines[index]);
  return [`fixtures/${name} differs from what the script computes, first in line ${line + 1}.`];
}

/** Cases that no recipe makes. @param {string} dir @returns {string[]} */
function leftOver(dir) {
  return readdirSync(dir)
    .filter((name) => name.startsWith("seeded-") && !files.has(name))
    .map((name) => `fixtures/${name} is made by no recipe; delete it.`);
}
