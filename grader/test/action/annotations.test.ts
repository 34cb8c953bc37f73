import { error, notice, warning } from "@actions/core";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { Finding, FindingKind } from "../../src/model/report.ts";
import { annotationsFor } from "../../src/report/github/annotations.ts";
import { gradedOf, hostileText } from "../report/hostile.ts";
import { FRESH_MASK, TWO_MISTAKES, UNGRADABLE, UNSCALED, reportWith } from "../report/samples.ts";
import { readLog } from "./runner.ts";

const ROOT = { folder: "" };

function findingsOf(kinds: Partial<Record<FindingKind, number>>): Finding[] {
  return Object.entries(kinds).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, i): Finding => {
      // The keys of the record are kinds.
      return { ...UNSCALED, kind: kind as FindingKind, title: `${kind} ${i}` };
    }),
  );
}

describe("annotations", () => {
  test("the first is the one to repair first, the last has the score", () => {
    const all = annotationsFor(TWO_MISTAKES.report, ROOT, []);
    expect(all.map(({ level, title }) => [level, title])).toEqual([
      ["error", UNSCALED.title],
      ["error", FRESH_MASK.title],
      ["notice", "The masks hold 0 and 1/keep_prob"],
      ["notice", `${TWO_MISTAKES.report.score} of 100 points`],
    ]);
  });

  test("an essential finding comes first, whatever the report begins with", () => {
    const findings = findingsOf({ celebratory: 1, informative: 1, actionable: 1, essential: 2 });
    const all = annotationsFor(reportWith({ findings }), ROOT, []);
    expect(all.map(({ title }) => title).slice(0, 3)).toEqual([
      "essential 0",
      "essential 1",
      "actionable 0",
    ]);
  });

  test.each([
    [{ essential: 10 }, ""],
    [{ essential: 11 }, " 1 more finding is there."],
    [
      { essential: 12, actionable: 11, informative: 8, celebratory: 8 },
      " 10 more findings are there.",
    ],
  ])("%j: never more than ten of a level, the excess in one line", (kinds, more) => {
    const all = annotationsFor(reportWith({ findings: findingsOf(kinds) }), ROOT, []);
    for (const level of ["error", "warning", "notice"]) {
      expect(all.filter((one) => one.level === level).length).toBeLessThanOrEqual(10);
    }
    expect(all.at(-1)?.message).toBe(`The whole report is in the job summary.${more}`);
  });

  test.each([
    [
      "in one line",
      { line: 7, column: 13, endLine: 7, endColumn: 37 },
      { startColumn: 13, endColumn: 36 },
    ],
    [
      "an empty place",
      { line: 7, column: 13, endLine: 7, endColumn: 13 },
      { startColumn: 13, endColumn: 13 },
    ],
    ["over several lines", { line: 7, column: 13, endLine: 9, endColumn: 2 }, {}],
  ])("columns %s", (_, where, columns) => {
    const findings = [{ ...UNSCALED, location: { file: "src/dropout.ts", ...where } }];
    const [first] = annotationsFor(reportWith({ findings }), { folder: "a/b" }, []);
    expect(first).toEqual({
      level: "error",
      title: UNSCALED.title,
      message: [UNSCALED.what, UNSCALED.next, UNSCALED.docs].join("\n"),
      file: "a/b/src/dropout.ts",
      startLine: where.line,
      endLine: where.endLine,
      ...columns,
    });
  });

  test("a submission outside of the repository has no lines in it", () => {
    const [first] = annotationsFor(reportWith({ findings: [UNSCALED] }), { folder: undefined }, []);
    expect(first).not.toHaveProperty("file");
    expect(first).not.toHaveProperty("startLine");
  });

  test("a failure of the grader's is said to be one, and no mark is named", () => {
    const all = annotationsFor(UNGRADABLE.report, ROOT, []);
    expect(all.map(({ level, title }) => [level, title])).toEqual([
      ["error", "Not gradable"],
      ["notice", "No mark was given"],
    ]);
    expect(all[0]?.message).toContain("The grader failed, not you");
  });

  test("for any text: through @actions/core to the runner, each arrives as it is", () => {
    const written: string[] = [];
    const spy = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
    try {
      fc.assert(
        fc.property(
          gradedOf(hostileText),
          fc.array(hostileText, { maxLength: 3 }),
          (graded, changed) => {
            written.length = 0;
            const all = annotationsFor(graded.report, ROOT, changed);
            for (const { level, message, ...where } of all) {
              ({ error, warning, notice })[level](message, where);
            }
            const log = readLog(written.join(""));
            expect(log.text.filter((line) => line !== "")).toEqual([]);
            expect(log.commands.map(({ name }) => name)).toEqual(all.map(({ level }) => level));
            expect(log.commands.map(({ data }) => data)).toEqual(all.map(({ message }) => message));
            expect(log.commands.map(({ properties }) => properties["file"])).toEqual(
              all.map(({ file }) => file || undefined),
            );
            for (const { data, properties } of log.commands) {
              // The runner repeats a remark in its log, where nobody may obey it either.
              expect(readLog(data).commands).toEqual([]);
              const said = data + Object.values(properties).join("");
              expect(said).not.toMatch(
                /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u,
              );
              expect(data.length).toBeLessThan(12_000);
            }
          },
        ),
        { numRuns: 300 },
      );
    } finally {
      spy.mockRestore();
    }
  });
});
