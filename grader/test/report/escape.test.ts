import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defuse, escapeJson, linesOf, visible } from "../../src/report/escape.ts";
import { FORMATS, reporters } from "../../src/report/index.ts";
import { reportSchema } from "../../src/model/report.ts";
import { gradedOf, hostileText } from "./hostile.ts";
import { PLAIN } from "./samples.ts";

/** Written out on its own here, so that a hole in the escaper's class is seen. */
const RAW =
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]|\p{Cs}/u;
const OWN_COLORS = /\u001B\[\d+m/gu;

function commandsIn(output: string): string[] {
  return output
    .split("\n")
    .filter(
      (line) => /^\s*::/u.test(line.replace(OWN_COLORS, "")) || /##(?:vso|teamcity)?\[/u.test(line),
    );
}

describe("visible", () => {
  test.each([
    ["an escape sequence", "a\u001B[31mb", String.raw`a\u{1b}[31mb`],
    ["a C1 control", "\u009B2J", String.raw`\u{9b}2J`],
    ["a line break", "a\nb", String.raw`a\u{a}b`],
    ["a bidirectional override", "\u202Egnp", String.raw`\u{202e}gnp`],
    ["an isolate", "\u2067", String.raw`\u{2067}`],
    ["a zero-width space", "ke\u200Bep", String.raw`ke\u{200b}ep`],
    ["a tag character", "\u{E0041}", String.raw`\u{e0041}`],
    ["half a surrogate pair", "\uD800", String.raw`\u{d800}`],
    ["a filler that is drawn as nothing", "\u3164", String.raw`\u{3164}`],
  ])("spells out %s", (_, text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  test.each(["plain", "é × 1/keep_prob ✓", "日本語", "  indented", "👍🏽", "a\u0301"])(
    "leaves %j as it is",
    (text) => {
      expect(visible(text)).toBe(text);
    },
  );
});

describe("defuse", () => {
  test.each([
    ["::error::x", String.raw`\u{3a}:error::x`],
    ["a\n  ::error::x", `a\n  ${String.raw`\u{3a}`}:error::x`],
    ["\u001B[31m::error\u001B[39m", `\u001B[31m${String.raw`\u{3a}`}:error\u001B[39m`],
    ["a ##[error]b", String.raw`a \u{23}#[error]b`],
    ["##vso[x]", String.raw`\u{23}#vso[x]`],
    ["std::vector", "std::vector"],
    ["## A heading [1]", "## A heading [1]"],
  ])("%j", (text, expected) => {
    expect(defuse(text)).toBe(expected);
  });
});

describe("for any text in any field", () => {
  test.each(FORMATS)("%s: nothing raw, no command, for one and for several", (format) => {
    fc.assert(
      fc.property(
        gradedOf(hostileText),
        fc.boolean(),
        fc.boolean(),
        hostileText,
        (graded, several, unicode, word) => {
          const output = reporters[format].report(graded, {
            ...PLAIN,
            several,
            unicode,
            again: ["--config", word],
          });
          expect(output).not.toMatch(RAW);
          expect(commandsIn(output)).toEqual([]);
          expect(output.endsWith("\n")).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("terminal with colours: only our own colours, no command behind them", () => {
    fc.assert(
      fc.property(gradedOf(hostileText), fc.boolean(), (graded, several) => {
        const output = reporters.terminal.report(graded, { ...PLAIN, several, color: true });
        expect(output.replace(OWN_COLORS, "")).not.toMatch(RAW);
        expect(commandsIn(output)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test.each(["json", "ndjson"] as const)("%s parses back to the very report", (format) => {
    fc.assert(
      fc.property(gradedOf(hostileText), (graded) => {
        const output = reporters[format].report(graded, PLAIN);
        expect(reportSchema.parse(JSON.parse(output))).toEqual(
          JSON.parse(JSON.stringify(graded.report)),
        );
      }),
      { numRuns: 300 },
    );
  });
});

test("escapeJson keeps the line breaks between the lines and says the same", () => {
  const value = { a: "\u009B ##[x] \u{E0041} \\" };
  const json = escapeJson(JSON.stringify(value, null, 2));
  expect(json).toBe(String.raw`{${"\n"}  "a": "\u009b \u0023#[x] \udb40\udc41 \\"${"\n"}}`);
  expect(JSON.parse(json)).toEqual(value);
});

test("linesOf splits where the compiler counts a line", () => {
  expect(linesOf("a\r\nb\rc\nd\u2028e\u2029f")).toEqual(["a", "b", "c", "d", "e", "f"]);
});
