/** Symptoms to findings: which misconception accounts for which, and what is left unexplained. */

import { UNEXPLAINED } from "../model/diagnosis.ts";
import type { Culprit, Misconception, Symptom } from "../model/diagnosis.ts";
import type { Measurements } from "../model/measurement.ts";
import type { Finding } from "../model/report.ts";
import type { CheckId } from "../model/rubric.ts";
import { CATALOGUE } from "./index.ts";
import { NOTES } from "./notes.ts";

/** A finding that has no place in the source yet. */
export interface Diagnosis {
  finding: Omit<Finding, "location">;
  culprit: Culprit;
}

export function docsPage(id: string): string {
  return `docs/misconceptions/${id}.md`;
}

/**
 * One finding for each idea that is off, in the order of the catalogue, then one for each check
 * in which something is off that no entry explains.
 */
export function diagnose(m: Measurements, symptoms: readonly Symptom[]): Diagnosis[] {
  const found: Diagnosis[] = [];
  let left = [...symptoms];
  for (const entry of CATALOGUE as readonly Misconception[]) {
    for (let again = true; again && left.length > 0;) {
      const recognition = entry.recognise(m, left);
      const explained = recognition ? left.filter(recognition.explains) : [];
      if (recognition && explained.length > 0) {
        found.push(diagnosisOf(entry, recognition.check ?? entry.check, recognition));
        left = left.filter((s) => !explained.includes(s));
      }
      // The same mistake may be made in another function: arguments changed, a call that stops.
      again = explained.length > 0 && recognition?.check !== undefined;
    }
  }
  return [...found, ...unexplained(left)];
}

function diagnosisOf(
  entry: Misconception,
  check: CheckId,
  { what, culprit }: { what: string; culprit: Culprit },
): Diagnosis {
  const { id, kind, title, why, next } = entry;
  return { finding: { id, kind, check, title, what, why, next, docs: docsPage(id) }, culprit };
}

function unexplained(symptoms: readonly Symptom[]): Diagnosis[] {
  const checks = [...new Set(symptoms.map(checkOf))];
  return checks.flatMap((check) => {
    const first = symptoms.find((s) => checkOf(s) === check);
    if (first === undefined) return [];
    const finding = {
      id: UNEXPLAINED,
      kind: "essential" as const,
      check,
      title: "A value is not what it should be",
      what: first.what,
      why: "Up to here every step was right for what it was given; this is the first that is not. What follows from it was judged with your own value, so it costs once.",
      next: "Work this step out by hand for one unit and one example, and compare with what your line does.",
      docs: docsPage(UNEXPLAINED),
    };
    return [{ finding, culprit: first.culprit }];
  });
}

function checkOf(symptom: Symptom): CheckId {
  return symptom.key.slice(0, symptom.key.indexOf("/")) as CheckId;
}

/** What is accepted in full and still worth a word. */
export function notes(m: Measurements): Diagnosis[] {
  return NOTES.flatMap(({ id, check, title, why, next, applies, culprit }) => {
    const what = applies(m);
    if (what === undefined) return [];
    const finding = {
      id,
      kind: "informative" as const,
      check,
      title,
      what,
      why,
      next,
      docs: docsPage(id),
    };
    const [location] =
      id === "note-misleading-characters" ? m.program.facts.misleadingCharacters : [];
    return [
      { finding, culprit: { fn: culprit, clues: location ? [{ kind: "place", location }] : [] } },
    ];
  });
}
