import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv-draft-04";
import { validate } from "ctrf";
import fc from "fast-check";
import { parse as parseJunit } from "junit2json";
import type { TestSuites } from "junit2json";
import { describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { ctrfDocument } from "../../src/report/ctrf.ts";
import type { DocumentFormat, Entry, Scope } from "../../src/report/document.ts";
import { reporters } from "../../src/report/index.ts";
import { junitDocument } from "../../src/report/junit.ts";
import { reveal } from "../../src/report/reveal.ts";
import { sarifDocument } from "../../src/report/sarif.ts";
import { gradedOf, hostileText } from "./hostile.ts";
import { NOT_STARTED, PLAIN, TWO_MISTAKES, UNGRADABLE } from "./samples.ts";

const require = createRequire(import.meta.url);
const sarifSchema = JSON.parse(
  readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
);
// Formats such as `uri-reference` are checked in the tests below where they matter.
const isSarif = new Ajv.default({
  strict: false,
  validateFormats: false,
  unicodeRegExp: false,
}).compile(sarifSchema);

const SCOPE: Scope = { grader: "0.1.0", assignment: "Dropout", checks: [], maxScore: 100 };
const ENTRIES: Entry[] = [
  { id: "alice", name: "Alice", columns: {}, outcome: { kind: "graded", graded: TWO_MISTAKES } },
  { id: "bob", name: "Bob", columns: {}, outcome: { kind: "missing" } },
  {
    id: "eve",
    name: "Eve",
    columns: {},
    outcome: { kind: "ungradable", because: "it fell <over>" },
  },
];

function classIn(format: DocumentFormat, entries: readonly Entry[]): string {
  const pieces = format(SCOPE);
  return pieces.open + entries.map((entry) => pieces.entry(entry)).join("") + pieces.close();
}

async function suitesIn(xml: string): Promise<TestSuites> {
  const parsed = await parseJunit(xml);
  if (parsed === undefined || parsed === null || !("testsuite" in parsed))
    throw new Error("no suites");
  return parsed;
}

describe("junit", () => {
  test("a wrong value is a failure, what was not judged is skipped, with points and seed", async () => {
    const [suite] = (await suitesIn(reporters.junit.report(TWO_MISTAKES, PLAIN))).testsuite ?? [];
    expect(suite).toMatchObject({ name: "alice", tests: 9, failures: 2, errors: 0, skipped: 1 });
    expect(suite?.properties).toContainEqual({ name: "seed", value: "7f3a91c2" });
    const failed = suite?.testcase?.filter((one) => one.failure !== undefined) ?? [];
    expect(failed.map(({ failure }) => failure?.[0]?.type)).toEqual([
      "forward-no-scale",
      "backward-fresh-mask",
    ]);
    expect(failed[0]?.failure?.[0]?.inner).toContain("1.0000 × relu(Z1); 1/keep_prob is 1.25");
  });

  test("what stops a program and what stops the grader are errors", async () => {
    const errorsOf = async (graded: typeof TWO_MISTAKES): Promise<(string | undefined)[]> => {
      const [suite] = (await suitesIn(reporters.junit.report(graded, PLAIN))).testsuite ?? [];
      return suite?.testcase?.flatMap(({ error }) => error?.map(({ type }) => type) ?? []) ?? [];
    };
    expect(await errorsOf(NOT_STARTED)).toEqual(["not-started", "not-started"]);
    expect(await errorsOf(UNGRADABLE)).toEqual(["grader-fault"]);
  });

  test("a class is one suite a student, missing and ungradable ones among them", async () => {
    const { testsuite } = await suitesIn(classIn(junitDocument, ENTRIES));
    expect(testsuite?.map(({ name, skipped, errors }) => [name, skipped, errors])).toEqual([
      ["alice", 1, 0],
      ["bob", 1, 0],
      ["eve", 0, 1],
    ]);
  });

  test("libxml2 reads it, whatever the texts are", async () => {
    const samples = fc.sample(gradedOf(hostileText), { numRuns: 100, seed: 7 });
    const entries = samples.map((graded, i): Entry => ({
      id: `s${i}`,
      name: "s",
      columns: {},
      outcome: { kind: "graded", graded },
    }));
    const xml = { fileName: "junit.xml", contents: classIn(junitDocument, entries) };
    const { valid, errors } = await validateXML({ xml: [xml], normalization: "format" });
    expect({ valid, errors }).toEqual({ valid: true, errors: [] });
    expect((await suitesIn(xml.contents)).testsuite).toHaveLength(100);
  });
});

describe("sarif", () => {
  const check = (text: string): Record<string, never>[] => {
    const log = JSON.parse(text);
    expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
    return log.runs[0].results;
  };

  test("fits the schema, and points at the line in the submission", () => {
    const results = check(reporters.sarif.report(TWO_MISTAKES, PLAIN));
    expect(results).toMatchObject([
      { ruleId: "forward-no-scale", level: "error" },
      { ruleId: "backward-fresh-mask", level: "error" },
      { ruleId: "scaled-masks", level: "note" },
    ]);
    expect(results[0]).toHaveProperty("locations.0.physicalLocation", {
      artifactLocation: { uri: "alice/src/dropout.ts" },
      region: { startLine: 7, startColumn: 13, endLine: 7, endColumn: 37 },
    });
  });

  test.each([
    [".", "src/dropout.ts"],
    ["./a b/ü", "a%20b/%C3%BC/src/dropout.ts"],
    ["a/dropout.ts", "a/dropout.ts"],
    ["/tmp/a", "/tmp/a/src/dropout.ts"],
  ])("the program at %j has the address %j", (path, uri) => {
    const file = path.endsWith(".ts") ? "dropout.ts" : "src/dropout.ts";
    const { report, files } = TWO_MISTAKES;
    const submission = { path, files: [{ path: file, sha256: "" }] };
    const findings = report.findings.map(({ location: _location, ...finding }) => finding);
    const [first] = check(
      reporters.sarif.report({ report: { ...report, submission, findings }, files }, PLAIN),
    );
    expect(first).toHaveProperty("locations.0.physicalLocation.artifactLocation.uri", uri);
  });

  test("a class, and any text, fit the schema", () => {
    expect(check(classIn(sarifDocument, ENTRIES))).toHaveLength(3);
    fc.assert(
      fc.property(gradedOf(hostileText), (graded) => {
        check(reporters.sarif.report(graded, PLAIN));
      }),
      { numRuns: 30 },
    );
  });
});

describe("ctrf", () => {
  const read = (text: string): { summary: object; tests: { status: string }[] } => {
    const report = JSON.parse(text);
    expect(validate(report)).toEqual({ valid: true, errors: [] });
    return report.results;
  };

  test("fits the schema and counts right, for one and for a class", () => {
    expect(read(reporters.ctrf.report(TWO_MISTAKES, PLAIN)).summary).toMatchObject({
      tests: 9,
      passed: 6,
      failed: 2,
      skipped: 1,
      other: 0,
    });
    const whole = read(classIn(ctrfDocument, ENTRIES));
    expect(whole.summary).toMatchObject({ tests: 11, passed: 6, failed: 2, skipped: 2, other: 1 });
    expect(whole.tests).toHaveLength(11);
  });

  test("fits the schema with any text and nothing to show", () => {
    fc.assert(
      fc.property(gradedOf(hostileText), (graded) => {
        const { tests } = read(reporters.ctrf.report(graded, PLAIN));
        expect(tests).toHaveLength(graded.report.checks.length);
        expect(read(reporters.ctrf.report(reveal(graded, "nothing"), PLAIN)).tests).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
