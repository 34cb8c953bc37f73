import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Graded, Grader } from "../../src/model/grader.ts";
import { openTestGrader, SEED } from "./grade.ts";

/*
 * The same verdicts in another engine (quickjs-ng in place of QuickJS): what depends on one
 * engine's habits shows here. A sample at home; CI, or `SECOND_ENGINE=all`, runs all corpora.
 */

const SOLUTIONS = fileURLToPath(new URL("../../../solutions/", import.meta.url));
const everything = process.env["SECOND_ENGINE"] === "all" || process.env["CI"] === "true";

/** This build of the other engine has no BigInt, so the program stops there with another error. */
const WITHOUT_BIGINT = "hostile/25-big-integer-labels";

let usual: Grader;
let other: Grader;
beforeAll(() => {
  usual = openTestGrader();
  other = openTestGrader(new URL("./ng-worker.js", import.meta.url));
});
afterAll(() => Promise.all([usual.close(), other.close()]));

function sample(names: readonly string[], one: number): readonly string[] {
  return everything ? names : names.filter((_, i) => i % one === 0);
}

function foldersIn(folder: string): string[] {
  return readdirSync(join(SOLUTIONS, folder), { withFileTypes: true })
    .filter((found) => found.isDirectory())
    .map(({ name }) => `${folder}/${name}`)
    .toSorted();
}

/** Everything that a student is told, but for the words that are the engine's own. */
function verdictsOf({ report }: Graded): unknown {
  const { score, checks } = report;
  const findings = report.findings.map(({ id, check, location }) => ({
    id,
    check,
    // Where it stopped is the engine's own word; engines count columns differently.
    line: id === "crash-or-shape" || id === "stack-overflow" ? undefined : location?.line,
  }));
  return { score, checks, findings };
}

/** What the two engines make of a program: the other one first. */
async function both(name: string): Promise<[unknown, unknown]> {
  const path = join(SOLUTIONS, name);
  return [verdictsOf(await other.grade(path, SEED)), verdictsOf(await usual.grade(path, SEED))];
}

const PROGRAMS = [
  ...sample(foldersIn("correct"), 9),
  ...sample(foldersIn("wrong").flatMap(foldersIn), 23),
  ...sample(foldersIn("hostile"), 8),
].filter((name) => name !== WITHOUT_BIGINT);

test.each(PROGRAMS)("%s", async (name) => {
  const [found, expected] = await both(name);
  expect(found).toEqual(expected);
});
