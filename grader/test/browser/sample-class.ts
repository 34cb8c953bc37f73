import { RUBRIC } from "../../src/assignment/rubric.ts";
import type { Graded } from "../../src/model/grader.ts";
import type { DocumentFormat, Entry, Scope } from "../../src/report/document.ts";
import { NOT_STARTED, TWO_MISTAKES, UNSCALED, checksWith, gradedWith } from "../report/samples.ts";

const SCOPE: Scope = {
  grader: "0.1.0",
  assignment: "Dropout",
  checks: RUBRIC.map(({ id, title, points }) => ({ id, title, points })),
  maxScore: 100,
};

const UNEXPLAINED = gradedWith({
  checks: checksWith({ "backward.gradients": { status: "failed" } }),
  findings: [
    {
      ...UNSCALED,
      id: "wrong-value",
      check: "backward.gradients",
      title: "A value is not what it should be",
    },
  ],
});

/** What the students hand in, over and over: full marks, 70, 0, 90, and a line about each. */
const HANDED_IN: readonly Graded[] = [
  gradedWith({}),
  TWO_MISTAKES,
  NOT_STARTED,
  gradedWith({}),
  UNEXPLAINED,
];

/** Of every ten students, the ninth hands nothing in. The last student of all is not gradable. */
export function entryOf(i: number, all: number): Entry {
  const id = `student${String(i).padStart(4, "0")}`;
  const entry = { id, name: `Name ${i}`, columns: {} };
  if (i === all - 1) return { ...entry, outcome: { kind: "ungradable", because: "no verdict" } };
  if (i % 10 === 8) return { ...entry, outcome: { kind: "missing" } };
  const graded = HANDED_IN[i % HANDED_IN.length];
  if (graded === undefined) throw new Error("There is one at every place.");
  const { report, files } = graded;
  // Nobody's program is quite like another's.
  const own = files.map((file) => ({ ...file, text: `${file.text}// ${id}\n`, sha256: "" }));
  const submission = { ...report.submission, path: id };
  return {
    ...entry,
    outcome: { kind: "graded", graded: { report: { ...report, submission }, files: own } },
  };
}

export function write(format: DocumentFormat, entries: Iterable<Entry>): string {
  const pieces = format(SCOPE);
  const parts = Array.from(entries, pieces.entry);
  return [pieces.open, ...parts, pieces.close()].join("");
}

export function* students(all: number): Generator<Entry> {
  for (let i = 0; i < all; i += 1) yield entryOf(i, all);
}
