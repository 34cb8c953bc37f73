import fc from "fast-check";
import { marked } from "marked";
import { describe, expect, test } from "vitest";
import { literal, prose } from "../../src/report/github/markdown.ts";
import { summaryOf } from "../../src/report/github/summary.ts";
import { gradedOf, hostileText } from "../report/hostile.ts";
import { UNSCALED_WALK, WALKED } from "../report/walks.ts";
import {
  NOT_STARTED,
  TWO_MISTAKES,
  UNGRADABLE,
  UNSCALED,
  gradedWith,
  reportWith,
} from "../report/samples.ts";

const BLOB = "https://github.com/cs101/alice/blob/abc";
const DOCS = "https://github.com/cs101/dropout-grader/blob/v1";
const PAGE = { place: { folder: "", blob: BLOB, docs: DOCS }, protectedFiles: [] };
const OURS = `h2 h3 p a code pre span b strong br ul li details summary
  table thead tbody tr th td`.split(/\s+/u);

const MARKDOWN = [
  "<img src=x onerror=y>",
  "<!--",
  "</details>",
  "</code></pre>",
  "```",
  "~~~~",
  "`",
  "``",
  "# heading",
  "\n\n## heading\n\n",
  "===",
  "---",
  "| a | b |",
  "[a](https://example.org)",
  "![a](https://example.org/x.png)",
  "https://example.org",
  "www.example.org",
  "a@example.org",
  "@everyone",
  "#1",
  "$x$",
  "&lt;",
  "&#60;b&#62;",
  "**bold**",
  "\\",
  "1. one",
  "- one",
  "    code",
  ":tada:",
];
const anyText = fc.oneof(
  hostileText,
  fc
    .array(fc.oneof(fc.constantFrom(...MARKDOWN), hostileText), { maxLength: 6 })
    .map((p) => p.join("")),
);

function tagsIn(html: string): string[] {
  return [...html.matchAll(/<\/?([a-z][a-z\d]*)/giu)].map(([, tag = ""]) => tag.toLowerCase());
}

function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/gu, "")
    .replace(/&#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

describe("literal", () => {
  test.each(MARKDOWN.filter((text) => text.trim() !== "" && !text.includes("\n")))(
    "%j is read as its characters",
    (text) => {
      const html = marked.parse(literal(text), { async: false });
      expect(textOf(html).trim()).toBe(text.trim());
      expect(tagsIn(html).filter((tag) => !["p", "span"].includes(tag))).toEqual([]);
    },
  );

  test("leaves no punctuation that Markdown or HTML could read, but in its own entities", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const rest = literal(text).replace(/<\/?span>|&#\d+;/gu, "");
        expect(rest).not.toMatch(/[!-/:-@[-`{-~]/u);
        expect(rest).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/u);
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  ["call `predict` twice", "call <code>predict</code> twice"],
  ["a ` alone", "a &#96; alone"],
  ["`a` and `", "<code>a</code> and &#96;"],
  ["``", ""],
  ["`<b>`", "<code>&#60;b&#62;</code>"],
])("prose sets %j", (text, expected) => {
  expect(prose(text)).toBe(expected);
});

describe("the summary", () => {
  test.each([
    ["two-mistakes", TWO_MISTAKES],
    ["full-marks", gradedWith({})],
    ["not-started", NOT_STARTED],
    ["ungradable", UNGRADABLE],
    ["walked", WALKED],
  ])("%s", async (name, graded) => {
    await expect(summaryOf(graded, PAGE)).toMatchFileSnapshot(`snapshots/${name}.md`);
  });

  test("what is not shown is said, and shown nowhere", () => {
    const report = reportWith({ checks: [], notShown: { checks: 9, findings: 2 }, score: 60 });
    const summary = summaryOf({ report, files: [] }, PAGE);
    expect(textOf(summary)).toContain("Not shown, as your teacher chose");
    expect(summary).not.toContain("### Checks");
  });

  test("for any text anywhere: our own tags, our own links, one title", () => {
    const state = fc.constantFrom("as given", "changed", "missing", "unreadable");
    const files = fc.array(fc.record({ path: anyText, state, sha256: anyText }), { maxLength: 3 });
    fc.assert(
      fc.property(gradedOf(anyText), files, (graded, protectedFiles) => {
        const summary = summaryOf(graded, { ...PAGE, protectedFiles });
        const html = marked.parse(summary, { async: false });
        expect(tagsIn(html.replace(/ class="language-text"| align="\w+"/gu, ""))).toEqual(
          expect.not.arrayContaining(["img", "script", "h1"]),
        );
        expect(tagsIn(html).filter((tag) => !OURS.includes(tag))).toEqual([]);
        expect(html.match(/<h2/gu)).toHaveLength(1);
        // Pages are the catalogue's; one that is an address already is linked as it is.
        const pages = graded.report.findings.map(({ docs }) => docs);
        const whole = pages.filter((page) => URL.canParse(page)).map((page) => new URL(page).href);
        for (const [, href = ""] of html.matchAll(/href="([^"]*)"/gu)) {
          const known = [
            `${BLOB}/`,
            `${DOCS}/`,
            ...whole.map((page) => page.replaceAll("&", "&amp;")),
          ];
          expect(known.some((start) => href.startsWith(start))).toBe(true);
        }
        expect(html).not.toMatch(/<[^>]*\son\w+=/iu);
        expect(summary).not.toMatch(
          /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u,
        );
        const opened = html.match(/<details>/gu)?.length;
        expect(html.match(/<\/details>/gu)).toHaveLength(opened ?? -1);
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ["texts of what has to be escaped", "\u202E`<".repeat(100_000), true],
    ["many lines", "x\n".repeat(100_000), false],
  ])("%s everywhere: under 1 MiB, and the score is there", (_, text, isTooMuch) => {
    const finding = { ...UNSCALED, title: text, what: text, why: text, next: text };
    const findings = Array.from({ length: 500 }, (__, i) => ({ ...finding, id: `f${i}` }));
    const files = Array.from({ length: 5000 }, () => ({ path: text, sha256: text }));
    const submission = { path: text, files };
    const steps = Array.from({ length: 1000 }, (__, i) => ({
      ...{
        name: text,
        words: text,
        standing: i === 0 ? ("diverges" as const) : ("right" as const),
        entry: text,
      },
      location: { file: `${i % 50}`, line: i + 1, column: 1, endLine: i + 1, endColumn: 2 },
    }));
    const walk = { ...UNSCALED_WALK, steps, pictures: [{ title: text, rows: [[1]] }] };
    const walks = [walk, walk, walk];
    const graded = gradedWith({ findings, submission, console: text, seed: text, walks }, text);
    const protectedFiles = [{ path: text, state: "changed" as const, sha256: text }];
    const summary = summaryOf(graded, { ...PAGE, protectedFiles });
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(summary).toMatch(/^## 100 of 100 points\n/u);
    expect(textOf(summary).includes("found no room here")).toBe(isTooMuch);
  });
});
