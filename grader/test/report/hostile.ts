import fc from "fast-check";
import { CHECK_IDS } from "../../src/model/rubric.ts";
import type { Graded } from "../../src/model/grader.ts";
import type { CheckResult, Finding, Report } from "../../src/model/report.ts";
import { placeOf, walkOf } from "./walks.ts";

const REQUIRED = [
  ...(["reportVersion", "grader", "seed", "submission", "status", "score", "maxScore"] as const),
  ...(["checks", "findings", "console"] as const),
];

/** Pieces that terminals, logs and runners act on. */
const NASTY = [
  "\u001B[31m",
  "\u001B]0;title\u0007",
  "\u009B2J",
  "\u0000",
  "\u007F",
  "\r",
  "\n",
  "\t",
  "\u0085",
  "\u2028",
  "\u2029",
  "\u202E",
  "\u2066",
  "\u200B",
  "\u200D",
  "\uFEFF",
  "\u061C",
  "\u{E0041}",
  "\uD800",
  "::error::",
  "\n::set-output name=x::y",
  " \u00A0::add-mask::",
  ":::",
  ":",
  "##[error]",
  "###[",
  "##vso[task]",
  "#",
  "[",
  " ",
  "界",
  "é",
  "👩‍👩‍👧",
  "x".repeat(90),
];

/** Any text, with the nasty pieces much more often than chance would have them. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary", maxLength: 8 })), {
    maxLength: 8,
  })
  .map((pieces) => pieces.join(""));

const finding = (text: fc.Arbitrary<string>): fc.Arbitrary<Finding> =>
  fc.record(
    {
      id: fc.oneof(text, fc.constant("not-started")),
      kind: fc.constantFrom("essential", "actionable", "informative", "celebratory"),
      check: fc.constantFrom(...CHECK_IDS),
      title: text,
      what: text,
      why: text,
      next: text,
      docs: text,
      location: placeOf(text, { line: 4, endLine: 4 }),
    },
    { requiredKeys: ["id", "kind", "check", "title", "what", "why", "next", "docs"] },
  );

const check = (text: fc.Arbitrary<string>): fc.Arbitrary<CheckResult> =>
  fc.record(
    {
      id: fc.constantFrom(...CHECK_IDS),
      title: text,
      points: fc.nat(20),
      maxPoints: fc.nat(20),
      status: fc.constantFrom("passed", "failed", "blocked", "faulted"),
      blockedBy: text,
    },
    { requiredKeys: ["id", "title", "points", "maxPoints", "status"] },
  );

const report = (text: fc.Arbitrary<string>): fc.Arbitrary<Report> =>
  fc.record(
    {
      reportVersion: fc.constant(1 as const),
      grader: text,
      seed: text,
      submission: fc.record({
        path: text,
        files: fc.array(fc.record({ path: text, sha256: text }), { maxLength: 2 }),
      }),
      status: fc.constantFrom("graded", "ungradable"),
      score: fc.nat(1),
      maxScore: fc.nat(1),
      checks: fc.array(check(text), { maxLength: 3 }),
      findings: fc.array(finding(text), { maxLength: 4 }),
      console: text,
      walks: fc.array(walkOf(text), { maxLength: 2 }),
    },
    { requiredKeys: REQUIRED },
  );

/** A report with `text` wherever a report has text, and a source made of it too. */
export function gradedOf(text: fc.Arbitrary<string>): fc.Arbitrary<Graded> {
  return fc.record({
    report: report(text),
    files: text.map((source) => [{ path: "src/dropout.ts", text: source, sha256: "" }]),
  });
}
