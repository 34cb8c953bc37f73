import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { Location } from "../../src/model/submission.ts";
import { codeFrame } from "../../src/report/terminal/frame.ts";
import { paintFor } from "../../src/report/terminal/paint.ts";
import { PLAIN } from "./samples.ts";

const LOOK = { paint: paintFor({ ...PLAIN, unicode: false }), width: 80 };

function frame(text: string, place: Partial<Location>, width = 80): string[] {
  const location = { file: "f.ts", line: 1, column: 1, endLine: 1, endColumn: 2, ...place };
  return codeFrame(location, [{ path: "f.ts", text, sha256: "" }], { ...LOOK, width });
}

/** What stands above the carets. */
function marked([row = "", carets = ""]: string[]): string {
  const from = carets.indexOf("^");
  return Array.from(row)
    .slice(from, carets.lastIndexOf("^") + 1)
    .join("");
}

describe("codeFrame", () => {
  test("shows one line on either side, numbered, and marks the columns", () => {
    const text = "const a = 1;\nconst b = rng();\nconst c = 2;\n";
    expect(frame(text, { line: 2, column: 11, endLine: 2, endColumn: 16 })).toEqual([
      "  1 | const a = 1;",
      "  2 | const b = rng();",
      "    |           ^^^^^",
      "  3 | const c = 2;",
    ]);
  });

  test("aligns line numbers of different lengths", () => {
    const text = `${"x\n".repeat(9)}tenth\neleventh`;
    expect(frame(text, { line: 10, endLine: 10, endColumn: 6 })).toEqual([
      "   9 | x",
      "  10 | tenth",
      "     | ^^^^^",
      "  11 | eleventh",
    ]);
  });

  test.each([
    ["a tab before", "\tD1.mul(A1)", { column: 2, endColumn: 12 }, "D1.mul(A1)"],
    ["a tab inside", "a\t= b", { column: 3, endColumn: 6 }, "= b"],
    ["a control character before", "a\u202Eb = c", { column: 7, endColumn: 8 }, "c"],
    ["a name of two UTF-16 units", "const 𝑥 = 1;", { column: 10, endColumn: 11 }, "="],
    [
      "a range over several lines",
      "a = f(\n  b,\n);",
      { column: 5, endLine: 3, endColumn: 2 },
      "f(",
    ],
    ["CRLF", "a = b\r\nc", { column: 5, endLine: 2, endColumn: 2 }, "b"],
  ])("marks the right text with %s", (_, text, place, expected) => {
    expect(marked(frame(text, place))).toBe(expected);
  });

  test("a tab goes on to the next stop of four", () => {
    expect(frame("ab\tc\td", { column: 4, endColumn: 5 })).toEqual([
      "  1 | ab  c   d",
      "    |     ^",
    ]);
  });

  test("counts wide characters as the terminal does", () => {
    const [row = "", carets = ""] = frame("const 界 = rng();", { column: 11, endColumn: 14 });
    expect(stringWidth(row.slice(0, row.indexOf("rng")))).toBe(carets.indexOf("^"));
  });

  test("marks one column past the end of a line", () => {
    expect(frame("const a =", { column: 10, endColumn: 10 })).toEqual([
      "  1 | const a =",
      "    |          ^",
    ]);
  });

  test.each([40, 80])("cuts a long line to %i columns around the marked part", (width) => {
    const text = `short\n${"a".repeat(300)}TARGET${"b".repeat(300)}\nshort`;
    const rows = frame(text, { line: 2, column: 301, endLine: 2, endColumn: 307 }, width);
    expect(Math.max(...rows.map((row) => stringWidth(row)))).toBeLessThanOrEqual(width);
    expect(marked(rows.slice(1))).toBe("TARGET");
    expect(rows[1]).toMatch(/^ {2}2 \| ~a+TARGETb+~$/u);
  });

  test("a marked part longer than the window is seen from its beginning", () => {
    const rows = frame(`${"a".repeat(100)}${"T".repeat(200)}`, { column: 101, endColumn: 301 });
    expect(marked(rows)).toMatch(/^T{60,}$/u);
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(80);
  });

  test.each([
    ["the file is not at hand", { file: "other.ts" }],
    ["the line is not in it", { line: 9, endLine: 9 }],
  ])("is empty where %s", (_, place) => {
    expect(frame("one line", place)).toEqual([]);
  });
});
