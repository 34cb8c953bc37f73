import fc from "fast-check";
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Graded } from "../../src/model/grader.ts";
import { listing } from "../../src/report/html/client/listing.ts";
import { EVERYBODY, rowsOf, select } from "../../src/report/html/client/select.ts";
import type { Filter } from "../../src/report/html/client/select.ts";
import {
  binned,
  frequenciesOf,
  spreadOf,
  stripesOf,
  suspicionsOf,
  talliesOf,
} from "../../src/report/html/client/statistics.ts";
import type { PageIndex } from "../../src/report/html/data.ts";
import { anonymousClassPage, classPage, submissionPage } from "../../src/report/html/page.ts";
import { SHELL_CLOSE, SHELL_OPEN } from "../../src/report/html/shell.ts";
import { students, write } from "../browser/sample-class.ts";
import { gradedOf, hostileText } from "./hostile.ts";
import { PLAIN, TWO_MISTAKES } from "./samples.ts";

/** What is between the page's fixed parts, by id; fails where it is anything but blocks of data. */
function blocksOf(page: string): Map<string, unknown> {
  expect(page.startsWith(SHELL_OPEN)).toBe(true);
  expect(page.endsWith(SHELL_CLOSE)).toBe(true);
  const data = page.slice(SHELL_OPEN.length, -SHELL_CLOSE.length);
  const block =
    /<script type="application\/json" id="([a-z]+(?:-\d+)?)">([^<>&\u2028\u2029]*)<\/script>\n/gu;
  expect(data.replace(block, "")).toBe("");
  const pairs = [...data.matchAll(block)].map(([, id = "", json = ""]): [string, unknown] => [
    id,
    JSON.parse(json),
  ]);
  expect(new Set(pairs.map(([id]) => id)).size).toBe(pairs.length);
  return new Map(pairs);
}

function indexOf(page: string): PageIndex {
  return blocksOf(page).get("index") as PageIndex; // written by the code under test
}

const CLASS = indexOf(write(classPage, students(60)));
const ROWS = rowsOf(CLASS);
const BY_NAME = { by: "name", descending: false } as const;

describe("the page's markup", () => {
  test("allows its own script and style, and nothing else", () => {
    const [, policy = ""] = /Content-Security-Policy" content="([^"]+)"/u.exec(SHELL_OPEN) ?? [];
    const hashOf = (text = ""): string =>
      `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${hashOf(/<script>(.*?)<\/script>/su.exec(SHELL_CLOSE)?.[1])}`,
      `style-src ${hashOf(/<style>(.*?)<\/style>/su.exec(SHELL_OPEN)?.[1])}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test("holds any text as data, which says the same when it is read", () => {
    const breakers = fc.constantFrom("</script>", "<!--", "<script>", "&lt;", "\u2028", "]]>");
    const text = fc
      .array(fc.oneof(hostileText, breakers), { maxLength: 4 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(gradedOf(text), (graded: Graded) => {
        const blocks = blocksOf(submissionPage(graded, PLAIN));
        expect(blocks.get("file-0")).toBe(graded.files[0]?.text);
        expect(blocks.get("student-0")).toMatchObject({
          console: graded.report.console,
          seed: graded.report.seed,
        });
        const { what } = graded.report.findings[0] ?? {};
        const details = blocks.get("student-0") as { findings: { what: string }[] };
        expect(details.findings[0]?.what).toBe(what);
      }),
    );
  });

  test("keeps a file that many hand in once, and every finding's words once", () => {
    const same = [...students(10)].map((entry) => ({
      ...entry,
      outcome: { kind: "graded" as const, graded: TWO_MISTAKES },
    }));
    const blocks = blocksOf(write(classPage, same));
    expect([...blocks.keys()].filter((id) => id.startsWith("file-"))).toEqual(["file-0"]);
    expect((blocks.get("index") as PageIndex).findings).toHaveLength(3);
  });
});

describe("the anonymous page", () => {
  const PAGE = write(anonymousClassPage, [...students(30)].toReversed());

  test("has no name, code, path, output, seed or measured value", () => {
    const data = PAGE.slice(SHELL_OPEN.length, -SHELL_CLOSE.length);
    for (const trace of [
      "Name ",
      "import ",
      'src/dropout.ts"',
      "Matrix {",
      "7f3a91c2",
      "0.7312",
      "no verdict",
    ]) {
      expect(write(classPage, students(30))).toContain(trace);
      expect(data).not.toContain(trace);
    }
  });

  test("is in the order of the pseudonyms, whatever the roster's is", () => {
    const names = indexOf(PAGE).students.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(names).toHaveLength(30);
  });

  test("has the same marks", () => {
    const marks = (index: PageIndex): number[] => index.students.map(({ score }) => score);
    expect(marks(indexOf(PAGE))).toEqual(marks(indexOf(write(classPage, students(30)))));
  });
});

describe("narrowing the list", () => {
  const found = (filter: Partial<Filter>): number =>
    select(ROWS, { ...EVERYBODY, ...filter }, BY_NAME).length;

  // Of 60: 24 full marks (4 of them missing instead), 12 with two mistakes, 12 not started, 12
  // unexplained; one of those is not gradable instead.
  test.each<[string, Partial<Filter>, number]>([
    ["nothing", {}, 60],
    ["a name", { text: "name 12" }, 1],
    ["an id", { text: "STUDENT0012" }, 1],
    ["words of a finding, in any order", { text: "scaled survives" }, 12],
    ["two things at once", { text: "survives 0011" }, 1],
    ["nobody", { text: "zzz" }, 0],
    ["full marks", { group: "full" }, 18],
    ["below", { group: "below" }, 35],
    ["without a mark", { group: "no-mark" }, 7],
    ["the grader's fault", { group: "attention" }, 12],
    ["a check", { check: { index: 2, letter: "f" } }, 12],
    ["a finding", { finding: "backward-fresh-mask" }, 12],
    ["points", { from: 90, to: 99 }, 11],
    ["0 points, not without a mark", { to: 0 }, 12],
  ])("%s", (_, filter, expected) => {
    expect(found(filter)).toBe(expected);
  });

  test("in the order of points, those without a mark first", () => {
    const order = select(ROWS, EVERYBODY, { by: "score", descending: false });
    const marks = order.map(({ student }) => (student.outcome === "graded" ? student.score : -1));
    expect(marks).toEqual(marks.toSorted((a, b) => a - b));
    expect(order[0]?.student.outcome).not.toBe("graded");
  });

  test("in the order of names, numbers as numbers", () => {
    const names = select(ROWS, EVERYBODY, BY_NAME).map(({ student }) => student.name);
    expect(names.slice(0, 3)).toEqual(["Name 0", "Name 1", "Name 2"]);
  });
});

describe("the class in numbers", () => {
  test("bins have everybody once, and full marks by themselves", () => {
    const bins = binned(ROWS, [0, 50, 100], 100);
    expect(bins).toEqual([
      { from: 0, to: 49, count: 12 },
      { from: 50, to: 99, count: 23 },
      { from: 100, to: 100, count: 18 },
    ]);
  });

  test("mean and quartiles are of those who have a mark", () => {
    const scores = ROWS.filter(({ student }) => student.outcome === "graded").map(
      ({ student }) => student.score,
    );
    const sum = scores.reduce((a, b) => a + b, 0);
    expect(spreadOf(ROWS)?.mean).toBeCloseTo(sum / 53, 10);
    expect(spreadOf(ROWS)?.quartiles).toEqual([60, 90, 100]);
    expect(spreadOf([])).toBeUndefined();
  });

  test("a check's tallies leave out who has no report", () => {
    const [, , scaled] = talliesOf(CLASS, ROWS);
    expect(scaled).toMatchObject({ id: "forward.scaled", counts: { p: 29, f: 12, b: 12, x: 0 } });
  });

  test("findings that cost points are counted by students", () => {
    expect(frequenciesOf(CLASS, ROWS).map(({ type, students: n }) => [type.id, n])).toEqual([
      ["backward-fresh-mask", 12],
      ["forward-no-scale", 12],
      ["not-started", 12],
      ["wrong-value", 11],
    ]);
  });

  test("what looks like the grader's fault is listed", () => {
    const listed = suspicionsOf(ROWS, talliesOf(CLASS, ROWS));
    expect(listed.map(({ text, students: n }) => [n, text])).toEqual([
      [1, "could not be graded: there is no mark, and it is the grader's fault"],
      [11, "a wrong value that no known mistake explains"],
    ]);
  });

  test("a check that nobody passed is listed too", () => {
    const failed = ROWS.filter(({ student }) => student.statuses[2] === "f");
    expect(suspicionsOf(failed, talliesOf(CLASS, failed)).map(({ text }) => text)).toEqual([
      "forward.scaled: nobody passed it",
      "backward.mask-reuse: nobody passed it",
    ]);
  });

  test("stripes have everybody once, the best first", () => {
    const stripes = stripesOf(ROWS);
    expect(stripes.reduce((sum, stripe) => sum + stripe.students, 0)).toBe(60);
    expect(stripes[0]).toMatchObject({ statuses: "ppppppppp", students: 18 });
  });
});

describe("a program's text", () => {
  const at = (line: number, column: number, endLine: number, endColumn: number) => ({
    type: 0,
    what: "",
    location: { file: "a.ts", line, column, endLine, endColumn },
  });

  test("has its findings at their lines, and the place marked", () => {
    const [, second] = listing("a.ts", "one\ntwo three\n", [at(2, 5, 2, 10)]);
    expect(second).toEqual({
      number: 2,
      spans: [
        { text: "two ", kind: "plain" },
        { text: "three", kind: "marked" },
      ],
      findings: [0],
    });
  });

  test("spells out what cannot be seen, and keeps tabs", () => {
    const [line] = listing("a.ts", "\ta\u202Eb", []);
    expect(line?.spans).toEqual([
      { text: "\ta", kind: "plain" },
      { text: String.raw`\u{202e}`, kind: "odd" },
      { text: "b", kind: "plain" },
    ]);
  });

  test("shows a finding beyond the end at the last line, and none of another file", () => {
    const lines = listing("a.ts", "one\ntwo", [at(9, 1, 9, 2)]);
    expect(lines.map(({ findings }) => findings)).toEqual([[], [0]]);
    expect(listing("b.ts", "one", [at(1, 1, 1, 2)])[0]?.findings).toEqual([]);
  });
});
