import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { checksWith } from "../report/samples.ts";
import { gradedAt, run, type Setting } from "./fake-world.ts";
import { folderWith } from "./folder.ts";

const LOCATION = { file: "src/dropout.ts", line: 7, column: 1, endLine: 7, endColumn: 9 };
const FINDING = {
  id: "forward-no-scale",
  kind: "essential" as const,
  check: "forward.scaled" as const,
  title: "t",
  what: "w",
  why: "y",
  next: "n",
  docs: "d",
  location: LOCATION,
};
const walkTo = (line: number) => ({
  function: "forward_propagation_with_dropout" as const,
  steps: [{ location: { ...LOCATION, line }, words: "w", standing: "diverges" as const }],
  pictures: [],
  cut: false,
});
const NO_SCALE = {
  checks: checksWith({ "forward.scaled": { status: "failed" } }),
  findings: [FINDING],
  walks: [walkTo(7)],
};

/** A project with one right program and one wrong one. */
async function project(): Promise<string> {
  const root = await folderWith({});
  const right = path.join(root, "correct/course");
  const wrong = path.join(root, "wrong/forward-no-scale/loops");
  await mkdir(right, { recursive: true });
  await mkdir(wrong, { recursive: true });
  await writeFile(path.join(right, "expected.json"), '{ "findings": [] }');
  const findings = [{ id: "forward-no-scale", file: "src/dropout.ts", lines: [6, 7] }];
  await writeFile(
    path.join(wrong, "expected.json"),
    JSON.stringify({ findings, failed: ["forward.scaled"], blocked: [] }),
  );
  return root;
}

const answer =
  (
    wrong: Parameters<typeof gradedAt>[1],
    right: Parameters<typeof gradedAt>[1] = { findings: [] },
  ): NonNullable<Setting["grade"]> =>
  (folder) =>
    gradedAt(folder, folder.includes("wrong") ? wrong : right);

describe("grade selftest", () => {
  test("says that every target is reached", async () => {
    const { code, stdout } = await run(["selftest", await project(), "--seed", "s"], {
      grade: answer(NO_SCALE),
    });
    expect(stdout).not.toContain("MISSED");
    expect(stdout).toMatch(/^forward-no-scale +1 +1 +1 +1 +1$/mu);
    expect(stdout).toMatch(/^wrong, and located exactly +1 of 1 +100% \(97%\)$/mu);
    expect(stdout).toMatch(/^walked, and diverging at the right line +1 of 1 +100% \(97%\)$/mu);
    expect(stdout).toContain("Seed s.");
    expect(stdout.split("\n").every((line) => line.length <= 80)).toBe(true);
    expect(code).toBe(0);
  });

  test.each<[what: string, wrong: Parameters<typeof gradedAt>[1], said: RegExp]>([
    ["a wrong program with full marks", { findings: [FINDING] }, /^ {4}passed, other checks$/mu],
    [
      "a name that does not fit",
      { ...NO_SCALE, findings: [{ ...FINDING, id: "wrong-value" }] },
      /^ {4}other names, other lines$/mu,
    ],
    [
      "a walk that diverges elsewhere",
      { ...NO_SCALE, walks: [walkTo(9)] },
      /^ {4}diverging at another line$/mu,
    ],
    [
      "one name too many",
      { ...NO_SCALE, findings: [FINDING, { ...FINDING, id: "wrong-value" }] },
      /^ {4}other names$/mu,
    ],
    [
      "another line",
      { ...NO_SCALE, findings: [{ ...FINDING, location: { ...LOCATION, line: 8 } }] },
      /^ {4}other lines$/mu,
    ],
    [
      "another file",
      { ...NO_SCALE, findings: [{ ...FINDING, location: { ...LOCATION, file: "src/a.ts" } }] },
      /^ {4}other lines$/mu,
    ],
    [
      "another check",
      { ...NO_SCALE, checks: checksWith({ "forward.mask": { status: "failed" } }) },
      /^ {4}other checks$/mu,
    ],
  ])("misses its targets by %s", async (_, wrong, said) => {
    const { code, stdout } = await run(["selftest", await project()], { grade: answer(wrong) });
    expect(stdout).toMatch(said);
    expect(stdout).toContain("forward-no-scale/loops");
    expect(stdout).toContain("MISSED");
    expect(code).toBe(1);
  });

  test("misses its targets by a right program below full marks", async () => {
    const right = { findings: [], checks: checksWith({ "forward.mask": { status: "failed" } }) };
    const { code, stdout } = await run(["selftest", await project()], {
      grade: answer(NO_SCALE, right),
    });
    expect(stdout).toMatch(/^correct\/course\n {4}failed, other checks$/mu);
    expect(code).toBe(1);
  });

  test("says in a sentence that there is nothing to grade", async () => {
    const { code, stderr, opened } = await run(["selftest", "nowhere"]);
    expect(stderr).toContain('there are no folders "nowhere/correct" and "nowhere/wrong"');
    expect(opened).toEqual([]);
    expect(code).toBe(2);
  });

  test("is not graded where the grader fails", async () => {
    const grade = () => {
      throw new Error("a bug in the grader");
    };
    const { code, closed } = await run(["selftest", await project()], { grade });
    expect(code).toBe(3);
    expect(closed).toBe(1);
  });
});
