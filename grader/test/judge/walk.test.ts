/** The walk-through: what the lines of a failed function held, and where it first went wrong. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { correctPrograms, wrongPrograms } from "../../../bench/accuracy/corpus.ts";
import { writeProgram, type Program } from "../../../bench/accuracy/program.ts";
import { seeded } from "../../../bench/accuracy/random.ts";
import { rename } from "../../../bench/accuracy/rewrite/names.ts";
import { step } from "../../../bench/accuracy/rewrite/rewrite.ts";
import { RUBRIC } from "../../src/assignment/rubric.ts";
import { limitsSchema } from "../../src/model/limits.ts";
import type { CheckId } from "../../src/model/rubric.ts";
import type { Walk } from "../../src/model/walk.ts";

// The built grader: its worker is a file of its own.
const { openGrader } = (await import(
  new URL("../../dist/grade.js", import.meta.url).href
)) as typeof import("../../src/grade.ts");

const SOLUTIONS = fileURLToPath(new URL("../../../solutions/", import.meta.url));
const points = Object.fromEntries(RUBRIC.map((r) => [r.id, r.points])) as Record<CheckId, number>;
// Time limits are not what is tested here, and machines differ.
const limits = limitsSchema.parse({ callMs: 20_000, totalMs: 300_000 });
const walking = openGrader({ limits, points, walk: true });
const plain = openGrader({ limits, points });
afterAll(() => Promise.all([walking.close(), plain.close()]));

const reportOn = async (grader: typeof walking, folder: string) =>
  (await grader.grade(folder, "walk")).report;

const walksOf = async (folder: string): Promise<readonly Walk[]> =>
  (await reportOn(walking, path.join(SOLUTIONS, folder))).walks ?? [];

const divergenceOf = (walk: Walk | undefined) =>
  walk?.steps.find(({ standing }) => standing === "diverges");

describe("the first line that went wrong", () => {
  // The line and the words are what a mentor would say, not what came out.
  test.each([
    {
      program: "wrong/vanilla-dropout/course-third-argument",
      line: 32,
      words: "relu(Z1)∘D1; expected also / keep_prob: 1.0000 × instead of 1.2500 ×",
    },
    {
      program: "wrong/backward-dA1-from-dA2/beginner-callbacks",
      line: 109,
      words: "W2ᵀ·dA2",
    },
    {
      program: "wrong/backward-plain/numpy-shim",
      line: 37,
      words: "W3ᵀ·dZ3; expected also",
    },
    {
      program: "wrong/drop-result-unused/stored-under-another-name",
      line: 36,
      words: "",
    },
    {
      program: "wrong/predict-scales-by-keep-prob/third-argument",
      line: 141,
      words: "relu(Z1) × 0.8000",
    },
  ])("$program: line $line", async ({ program, line, words }) => {
    const [walk] = await walksOf(program);
    const divergence = divergenceOf(walk);
    expect(divergence?.location.line).toBe(line);
    expect(divergence?.words).toContain(words);
  });

  test("what comes before it is right", async () => {
    const [walk] = await walksOf("wrong/vanilla-dropout/course-third-argument");
    const steps = walk?.steps ?? [];
    const before = steps.slice(
      0,
      steps.findIndex(({ standing }) => standing === "diverges"),
    );
    expect(before.length).toBeGreaterThan(2);
    expect(before.every(({ standing }) => standing === "right" || standing === "unknown")).toBe(
      true,
    );
    expect(before).toContainEqual(
      expect.objectContaining({ name: "Z1", words: "W1·X + b1, as it should be" }),
    );
  });

  test("one entry is shown as it was and as it should be, 1.25 times as much", async () => {
    const [walk] = await walksOf("wrong/vanilla-dropout/course-third-argument");
    const entry = divergenceOf(walk)?.entry ?? "";
    const [, found, expected] = /is (-?[\d.]+), expected (-?[\d.]+)/u.exec(entry) ?? [];
    expect(Number(expected) / Number(found)).toBeCloseTo(1.25, 2);
  });
});

test("a gradient that was masked and not scaled is not held against the derivative of the ReLU", async () => {
  const [walk] = await walksOf("wrong/backward-no-scale/plain-loops");
  const divergence = divergenceOf(walk);
  expect(divergence?.words).toBe(
    "W3ᵀ·dZ3∘D2; expected also / keep_prob: 1.0000 × instead of 1.2500 ×",
  );
  expect(divergence?.entry).toBeUndefined();
});

describe("one edit of a correct program", () => {
  // Right programs, each spoilt on one line: that line is what has to be marked.
  test.each([
    // A helper that is wrong wherever it is called, and only handed on at its end.
    ["enum-and-namespace", 59, "M.get(i, j) / keep_prob", "M.get(i, j)"],
    ["dead-units-marked-zero", 84, '"row"', '"column"'],
    // The call of a helper that is right in the other layer.
    ["enum-and-namespace", 90, "cache.D1, keep_prob", "cache.D1, 0.5"],
    ["scaled-mask-arrays", 55, "alive(dA1, c.Z1)", "dA1"],
    // The labels, where all that comes before them is right.
    ["class-with-private-fields", 108, "a > 0.5 ? 1 : 0", "a > 0.5 ? 0 : 1"],
    ["raw-dA-then-masked", 63, "a > 0.5", "a < 0.5"],
    // A call that stopped: in a helper, and for a mask of another shape.
    ["factory", 22, "affine(W2, A1, b2)", "affine(W2, A1, b3)"],
    ["old-style-var", 16, "A1.rows, A1.columns", "A1.columns, A1.columns"],
    // A loop that ends too early.
    ["examples-as-rows-inside", 15, "M.rows", "M.rows - 1"],
  ])("%s, line %i: %s to %s", async (name, line, before, after) => {
    const original = correctPrograms().find(({ id }) => id === `correct--${name}`);
    const lines = original?.files.get("src/dropout.ts")?.split("\n") ?? [];
    const text = lines[line - 1] ?? "";
    expect(text).toContain(before);
    const spoilt = lines.with(line - 1, text.replace(before, after)).join("\n");
    const files = new Map([...(original?.files ?? []), ["src/dropout.ts", spoilt]]);
    const folder = await writeProgram(scratch, { id: `${name}-${line}`, files });
    const { findings, walks = [] } = await reportOn(walking, folder);
    const marks = [
      ...findings.map(({ location }) => location),
      ...walks.map((walk) => divergenceOf(walk)?.location),
    ];
    expect(marks.map((mark) => mark?.line)).toContain(line);
  });
});

describe("a walk", () => {
  test("is there only where it was asked for", async () => {
    const folder = path.join(SOLUTIONS, "wrong/vanilla-dropout/course-third-argument");
    const { walks, ...rest } = await reportOn(walking, folder);
    expect(walks?.map((walk) => walk.function)).toEqual([
      "forward_propagation_with_dropout",
      "backward_propagation_with_dropout",
      "predict",
    ]);
    expect(await reportOn(plain, folder)).toEqual(rest);
  });

  test.each(correctPrograms().filter((_, k) => k % 9 === 0))(
    "has nothing to say of a correct program: $id",
    async (program) => {
      expect(await walksIn(program)).toEqual([]);
    },
  );

  test.each(wrongPrograms().filter((_, k) => k % 40 === 3))(
    "says the same of other names: $id",
    async (program) => {
      const files = step(program.files, rename, seeded(program.id));
      const renamed = { id: `${program.id}--renamed`, files: files ?? new Map() };
      const told = async (p: Program) =>
        (await walksIn(p)).map((walk) => ({
          words: divergenceOf(walk)?.words,
          line: divergenceOf(walk)?.location.line,
        }));
      expect(files).toBeDefined();
      expect(await told(renamed)).toEqual(await told(program));
    },
  );
});

let scratch = "";
beforeAll(async () => void (scratch = await mkdtemp(path.join(tmpdir(), "walk-"))));
afterAll(async () => await rm(scratch, { recursive: true, force: true }));

const walksIn = async (program: Program): Promise<readonly Walk[]> =>
  (await reportOn(walking, await writeProgram(scratch, program))).walks ?? [];
