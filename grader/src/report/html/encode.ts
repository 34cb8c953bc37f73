/** From a class's entries to the page's data. What is said twice is kept once. */

import type { Report } from "../../model/report.ts";
import type { SubmittedFile } from "../../model/submission.ts";
import type { Entry, Scope } from "../document.ts";
import { LETTERS } from "./data.ts";
import type { Details, FindingType, PlacedFinding, StudentRow } from "./data.ts";

/** One entry, ready to be written. */
export interface Encoded {
  row: StudentRow;
  details?: Details;
  /** Texts that no earlier entry had, with the numbers of their blocks. */
  texts: { block: number; text: string }[];
}

export interface Encoder {
  encode(entry: Entry): Encoded;
  /** The words of every finding so far. */
  findings(): FindingType[];
}

/** Remembers digests and words, never a program's text. */
export function encoder({ checks }: Scope): Encoder {
  const words = interned<FindingType>();
  const blocks = interned<string>();
  const place = ({ what, location, ...type }: Report["findings"][number]): PlacedFinding => ({
    type: words.add(type, JSON.stringify(type)).index,
    what,
    ...(location === undefined ? {} : { location }),
  });
  return {
    encode: (entry) => {
      const { outcome } = entry;
      if (outcome.kind === "missing") return { row: rowOf(entry), texts: [] };
      if (outcome.kind === "ungradable") {
        const details = { ...NOTHING, because: outcome.because };
        return { row: rowOf(entry), details, texts: [] };
      }
      const { report, files } = outcome.graded;
      const placed = report.findings.map(place);
      const kept = files.map((file) => ({ file, ...blocks.add(file.path, keyOf(file)) }));
      const row: StudentRow = {
        ...rowOf(entry),
        outcome: report.status,
        score: report.score,
        statuses: checks.map(({ id }) => letterOf(report, id)).join(""),
        findings: [...new Set(placed.map(({ type }) => type))],
      };
      const where = kept.map(({ file, index }) => ({ path: file.path, block: index }));
      const texts = kept.filter(({ isNew }) => isNew);
      return {
        row,
        details: { ...detailsOf(report), findings: placed, files: where },
        texts: texts.map(({ file, index }) => ({ block: index, text: file.text })),
      };
    },
    findings: words.all,
  };
}

const NOTHING: Details = {
  path: "",
  seed: "",
  score: 0,
  maxScore: 0,
  checks: [],
  findings: [],
  console: "",
  files: [],
};

function rowOf({ id, name, outcome }: Entry): StudentRow {
  const row: StudentRow = { name, outcome: outcome.kind, score: 0, statuses: "", findings: [] };
  return id === name ? row : { ...row, id };
}

function detailsOf({ submission, seed, score, maxScore, checks, ...rest }: Report): Details {
  const { console, notShown, walks } = rest;
  return {
    ...{ ...NOTHING, path: submission.path, seed, score, maxScore, checks, console },
    ...(walks === undefined ? {} : { walks }),
    ...(notShown === undefined ? {} : { notShown }),
  };
}

function letterOf({ checks }: Report, id: string): string {
  const check = checks.find((one) => one.id === id);
  return check === undefined ? "-" : LETTERS[check.status];
}

/** The length stands in for a digest that somebody left empty. */
function keyOf({ sha256, text }: SubmittedFile): string {
  return /^[\da-f]{64}$/u.test(sha256) ? `${sha256}:${text.length}` : `text:${text}`;
}

/** Numbers values in the order in which they come. */
function interned<T>(): {
  add(value: T, key: string): { index: number; isNew: boolean };
  all(): T[];
} {
  const numbers = new Map<string, number>();
  const values: T[] = [];
  return {
    add: (value, key) => {
      const known = numbers.get(key);
      if (known !== undefined) return { index: known, isNew: false };
      numbers.set(key, values.length);
      return { index: values.push(value) - 1, isNew: true };
    },
    all: () => values,
  };
}
