import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canvasTable } from "../../src/report/canvas.ts";
import { csvTable } from "../../src/report/csv.ts";
import type { DocumentFormat, Entry, Scope } from "../../src/report/document.ts";
import { moodleTable } from "../../src/report/moodle.ts";
import { gradedOf, hostileText } from "./hostile.ts";
import { checksWith, TWO_MISTAKES, UNGRADABLE } from "./samples.ts";

const SCOPE: Scope = {
  grader: "0.1.0",
  assignment: "Dropout (4711)",
  checks: checksWith({}).map(({ id, title, points }) => ({ id, title, points })),
  maxScore: 100,
};

function entry(id: string, outcome: Entry["outcome"], columns: Record<string, string> = {}): Entry {
  return { id, name: id, columns, outcome };
}

const GRADED = { kind: "graded", graded: TWO_MISTAKES } as const;

function table(format: DocumentFormat, entries: readonly Entry[]): string {
  const pieces = format(SCOPE);
  return pieces.open + entries.map((one) => pieces.entry(one)).join("") + pieces.close();
}

function read(text: string): Record<string, string>[] {
  return parse(text, { bom: true, columns: true });
}

describe("csv", () => {
  test("the points of each check come first, then a line a student", () => {
    const [points, alice, bob] = read(
      table(csvTable, [entry("alice", GRADED), entry("bob", { kind: "missing" })]),
    );
    expect(points).toMatchObject({
      id: "",
      score: "100",
      "forward.mask": "15",
      "predict.labels": "5",
    });
    expect(alice).toMatchObject({
      id: "alice",
      status: "graded",
      score: "60",
      "forward.scaled": "0",
      "forward.mask": "15",
      findings: "forward-no-scale backward-fresh-mask scaled-masks",
      seed: "7f3a91c2",
    });
    expect(bob).toMatchObject({ id: "bob", status: "missing", score: "", "forward.mask": "" });
  });

  test("no mark where the grader failed", () => {
    const outcomes: Entry["outcome"][] = [
      { kind: "ungradable", because: "x" },
      { kind: "graded", graded: UNGRADABLE },
    ];
    const rows = read(
      table(
        csvTable,
        outcomes.map((outcome, i) => entry(`${i}`, outcome)),
      ),
    ).slice(1);
    expect(rows.map(({ status, score }) => [status, score])).toEqual([
      ["ungradable", ""],
      ["ungradable", ""],
    ]);
  });

  test("Excel knows its encoding, and its line ends", () => {
    const text = table(csvTable, [entry("Zoë", GRADED)]);
    expect(text.startsWith("\uFEFF")).toBe(true);
    expect(text.split("\r\n")).toHaveLength(4);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/u);
  });

  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "＝1", '=HYPERLINK("http://x","y")'])(
    "%s is text to a spreadsheet",
    (id) => {
      for (const format of [csvTable, canvasTable, moodleTable]) {
        const cells: string[][] = parse(table(format, [entry(id, GRADED)]), { bom: true });
        expect(cells.flat().filter((cell) => /^[=+\-@＝]/u.test(cell))).toEqual([]);
      }
    },
  );

  test("any text stays in its cell", () => {
    fc.assert(
      fc.property(hostileText, gradedOf(hostileText), (id, graded) => {
        for (const format of [csvTable, canvasTable, moodleTable]) {
          const rows: string[][] = parse(table(format, [entry(id, { kind: "graded", graded })]), {
            bom: true,
          });
          expect(new Set(rows.map((row) => row.length)).size).toBe(1);
          expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/u.test(cell))).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("canvas", () => {
  test("has the headings and the line that Canvas' importer asks for", () => {
    const [header = [], points = []] = parse(table(canvasTable, []));
    // GradebookImporter: row[0] has "Student", row[1] "ID", then both SIS columns, then "Section".
    expect(header).toEqual([
      "Student",
      "ID",
      "SIS User ID",
      "SIS Login ID",
      "Section",
      "Dropout (4711)",
    ]);
    expect(points[0]).toContain("Points Possible");
    expect(points.at(-1)).toBe("100");
  });

  test("takes what identifies a student from the roster, else the id of the download", () => {
    const roster = {
      Student: "Doe, Jane",
      ID: "12",
      "SIS User ID": "s1",
      "SIS Login ID": "jdoe",
      Section: "A",
    };
    const rows = read(
      table(canvasTable, [
        entry("jdoe", GRADED, roster),
        entry("4321", GRADED),
        entry("jane", { kind: "missing" }),
      ]),
    ).slice(1);
    expect(rows.map((row) => Object.values(row))).toEqual([
      ["Doe, Jane", "12", "s1", "jdoe", "A", "60"],
      ["4321", "4321", "", "", "", "60"],
      ["jane", "", "", "jane", "", ""],
    ]);
  });
});

describe("moodle", () => {
  test("is the offline grading worksheet", () => {
    const [jane, nobody] = read(
      table(moodleTable, [entry("1234567", GRADED), entry("7", { kind: "missing" })]),
    );
    // The three columns without which Moodle refuses the file, and what it cuts off the first.
    expect(jane).toMatchObject({
      Identifier: "Participant 1234567",
      Grade: "60",
      "Last modified (grade)": "",
    });
    expect(jane?.["Feedback comments"]).toContain("What survives dropout is not scaled");
    expect(nobody).toMatchObject({
      Identifier: "Participant 7",
      Grade: "",
      "Feedback comments": "",
    });
  });

  test("gives back what the worksheet says itself", () => {
    const columns = {
      Identifier: "Participant 9",
      "Full name": "Jane Doe",
      "Last modified (grade)": "Monday",
    };
    const [jane] = read(table(moodleTable, [entry("9", GRADED, columns)]));
    expect(jane).toMatchObject(columns);
  });
});
