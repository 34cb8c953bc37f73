import XMLBuilder from "fast-xml-builder";
import { casesOf, explain, groupOf } from "./cases.ts";
import type { Case } from "./cases.ts";
import type { DocumentFormat, Entry } from "./document.ts";
import { defuse, linesOf, visible } from "./escape.ts";
import { notShownNote } from "./reveal.ts";

const builder = new XMLBuilder({
  attributeNamePrefix: "@",
  ignoreAttributes: false,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
  format: true,
});

interface Node {
  [name: string]: string | number | Node | Node[];
}

/** JUnit's XML: one suite a submission, one case a check, a wrong value apart from a crash. */
export const junitDocument: DocumentFormat = () => ({
  open: '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="dropout-grader">\n',
  entry: (entry) => defuse(builder.build({ testsuite: suiteOf(entry) })),
  close: () => "</testsuites>\n",
});

function suiteOf(entry: Entry): Node {
  const cases = casesIn(entry);
  const count = (element: string): number => cases.filter((one) => element in one).length;
  return {
    "@name": visible(entry.id),
    "@tests": cases.length,
    "@failures": count("failure"),
    "@errors": count("error"),
    "@skipped": count("skipped"),
    "@time": 0,
    ...propertiesOf(entry),
    testcase: cases,
    ...printed(entry),
  };
}

function propertiesOf({ outcome }: Entry): Node {
  if (outcome.kind !== "graded") return {};
  const { report } = outcome.graded;
  const note = notShownNote(report);
  return properties({
    score: `${report.score}/${report.maxScore}`,
    seed: report.seed,
    grader: report.grader,
    ...(note === undefined ? {} : { note }),
  });
}

function properties(values: Record<string, string>): Node {
  const property = Object.entries(values).map(([name, value]) => ({
    "@name": name,
    "@value": visible(value),
  }));
  return { properties: { property } };
}

function printed({ outcome }: Entry): Node {
  const text = outcome.kind === "graded" ? outcome.graded.report.console : "";
  return text === "" ? {} : { "system-out": linesOf(text).map(visible).join("\n") };
}

function casesIn({ outcome }: Entry): Node[] {
  if (outcome.kind === "graded") return casesOf(outcome.graded.report).map(caseOf);
  const named = { "@name": "Handed in and graded", "@classname": "submission", "@time": 0 };
  if (outcome.kind === "missing")
    return [{ ...named, skipped: { "@message": "Nothing was handed in." } }];
  return [{ ...named, error: { "@message": visible(outcome.because), "@type": "grader-fault" } }];
}

function caseOf(one: Case): Node {
  const { check, findings } = one;
  const place = findings.find(({ location }) => location !== undefined)?.location;
  return {
    "@name": visible(check.title),
    "@classname": groupOf(check),
    "@time": 0,
    ...(place === undefined ? {} : { "@file": visible(place.file), "@line": place.line }),
    ...properties({ check: check.id, points: `${check.points}/${check.maxPoints}` }),
    ...outcomeOf(one),
  };
}

function outcomeOf(one: Case): Node {
  const { verdict, findings } = one;
  if (verdict === "passed") return {};
  const text = explain(one);
  if (verdict === "blocked") return { skipped: { "@message": text } };
  const element = verdict === "wrong" ? "failure" : "error";
  const type = visible(
    findings[0]?.id ?? (verdict === "faulted" ? "grader-fault" : "not-explained"),
  );
  const message = visible(findings[0]?.title ?? text);
  return { [element]: { "@message": message, "@type": type, "#text": text } };
}
