/** What the grader says of a program hangs on neither the seed nor the names and the layout of the source. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { correctPrograms, wrongPrograms } from "../../../bench/accuracy/corpus.ts";
import { writeProgram, type Program } from "../../../bench/accuracy/program.ts";
import { seeded } from "../../../bench/accuracy/random.ts";
import { rename } from "../../../bench/accuracy/rewrite/names.ts";
import { step } from "../../../bench/accuracy/rewrite/rewrite.ts";
import { minify, reprint, respace } from "../../../bench/accuracy/rewrite/whole.ts";
import { RUBRIC } from "../../src/assignment/rubric.ts";
import { limitsSchema } from "../../src/model/limits.ts";
import type { Report } from "../../src/model/report.ts";
import type { CheckId } from "../../src/model/rubric.ts";

// The built grader: its worker is a file of its own.
const { openGrader } = (await import(
  new URL("../../dist/grade.js", import.meta.url).href
)) as typeof import("../../src/grade.ts");

const points = Object.fromEntries(RUBRIC.map((r) => [r.id, r.points])) as Record<CheckId, number>;
// Time limits are not what is tested here, and machines differ.
const limits = limitsSchema.parse({ callMs: 20_000, totalMs: 300_000 });
const grader = openGrader({ limits, points });
afterAll(() => grader.close());

let scratch = "";
beforeAll(async () => void (scratch = await mkdtemp(path.join(tmpdir(), "stable-"))));
afterAll(async () => await rm(scratch, { recursive: true, force: true }));

/** Every so many of the programs: four in all, so that fifty seeds take a minute. */
const every = (programs: readonly Program[], n: number): Program[] =>
  programs.filter((_, k) => k % n === n - 1);

const SAMPLE = [...every(correctPrograms(), 60), ...every(wrongPrograms(), 60)];

const marks = ({ score, checks, findings }: Report) => ({
  score,
  checks: checks.map(({ id, status }) => `${id} ${status}`),
  ids: findings.map(({ id }) => id),
});

const lines = ({ findings }: Report) =>
  findings.map(({ location }) => location && `${location.file}:${location.line}`);

/** A grading takes a second, and more on a busy machine. */
const PATIENCE = 600_000;

describe.each(SAMPLE)("$id", { timeout: PATIENCE }, (program) => {
  const gradeWith = async (seed: string, changed: Program = program): Promise<Report> => {
    return (await grader.grade(await writeProgram(scratch, changed), seed)).report;
  };

  test("thirteen seeds: the same marks, names and lines", async () => {
    const first = await gradeWith("first");
    for (let k = 0; k < 13; k++) {
      const report = await gradeWith(`${program.id} ${k}`);
      expect(marks(report)).toEqual(marks(first));
      expect(lines(report)).toEqual(lines(first));
    }
  });

  test("other names: the same marks, names and lines", async () => {
    const files = step(program.files, rename, seeded(program.id));
    expect(files).toBeDefined();
    const renamed = { id: `${program.id}--renamed`, files: files ?? new Map() };
    const [before, after] = [await gradeWith("names"), await gradeWith("names", renamed)];
    expect(marks(after)).toEqual(marks(before));
    expect(lines(after)).toEqual(lines(before));
  });

  test.each([respace, reprint, minify])("$kind: the same marks and names", async (layout) => {
    const files = layout.apply(program.files, seeded(program.id));
    const other = { id: `${program.id}--${layout.kind}`, files: files ?? program.files };
    expect(marks(await gradeWith("layout", other))).toEqual(marks(await gradeWith("layout")));
  });
});
