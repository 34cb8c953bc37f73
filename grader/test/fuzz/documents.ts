import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { summarize } from "../../src/class/summary.ts";
import { changesSummary } from "../../src/report/class-changes.ts";
import { documents } from "../../src/report/class-formats.ts";
import type { DocumentName } from "../../src/report/class-formats.ts";
import { classSummary } from "../../src/report/class-summary.ts";
import type { Entry, Scope } from "../../src/report/document.ts";
import { SHELL_CLOSE, SHELL_OPEN } from "../../src/report/html/shell.ts";
import { gradedOf, hostileText } from "../report/hostile.ts";
import { PLAIN } from "../report/samples.ts";
import { commandIn, RAW } from "./escapers.ts";
import { defineFuzzer, insist } from "./fuzzer.ts";

/** What a page, a spreadsheet or a log does something with; by chance it hardly comes up. */
const text = fc.oneof(
  hostileText,
  fc
    .tuple(
      fc.constantFrom("=", "+1", "-", "@", "\t=", "</script>", "]]>", "<!--", "&", '"', "\u0000"),
      hostileText,
    )
    .map((pieces) => pieces.join("")),
);

const outcome: fc.Arbitrary<Entry["outcome"]> = fc.oneof(
  gradedOf(text).map((graded) => ({ kind: "graded" as const, graded })),
  fc.constant({ kind: "missing" as const }),
  text.map((because) => ({ kind: "ungradable" as const, because })),
);

const HEADINGS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Identifier"] as const;

const entries: fc.Arbitrary<Entry[]> = fc.array(
  fc.record({
    id: text,
    name: text,
    columns: fc.dictionary(fc.oneof(fc.constantFrom(...HEADINGS), text), text, { maxKeys: 4 }),
    outcome,
  }),
  { maxLength: 4 },
);

const SCOPE: Scope = { grader: "1", assignment: "Dropout", checks: [], maxScore: 100 };

function written(name: DocumentName, all: readonly Entry[]): string {
  const { open, entry, close } = documents[name].format(SCOPE);
  return [open, ...all.map(entry), close()].join("");
}

/** Line breaks belong into a cell of Moodle's feedback, and joiners into names. */
const RAW_CELL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u;

function checkTable(name: DocumentName, all: readonly Entry[]): void {
  const rows: string[][] = parse(written(name, all), { bom: true });
  insist(new Set(rows.map((row) => row.length)).size === 1, `${name}: a row of another length`);
  insist(
    rows.length - parse(written(name, []), { bom: true }).length === all.length,
    `${name}: rows`,
  );
  for (const cell of rows.flat()) {
    insist(!/^[=+\-@\t\r]/u.test(cell), `${name}: a formula: ${cell}`);
    insist(!RAW_CELL.test(cell), `${name}: a raw character: ${cell}`);
  }
}

/** Between the parts of the page that are always the same there is data, and nothing else. */
function checkPage(all: readonly Entry[]): void {
  const page = written("html", all);
  insist(page.startsWith(SHELL_OPEN) && page.endsWith(SHELL_CLOSE), "html: another page around it");
  const blocks = page.slice(SHELL_OPEN.length, -SHELL_CLOSE.length).trimEnd().split("\n");
  for (const block of blocks) {
    const data = /^<script type="application\/json" id="[\w-]+">([^<>&]*)<\/script>$/u.exec(block);
    insist(data?.[1] !== undefined, `html: no data: ${block}`);
    JSON.parse(data[1]);
  }
}

function checkScreen(all: readonly Entry[]): void {
  const summary = summarize(SCOPE);
  for (const entry of all) summary.add(entry);
  const changes = all.map(({ id, outcome: { kind } }) => ({
    id,
    before: "0",
    after: kind,
    checks: [],
    because: [],
  }));
  const screen = classSummary(summary.result(), PLAIN) + changesSummary(changes, PLAIN);
  insist(!RAW.test(screen), `screen: a raw character: ${RAW.exec(screen)?.[0]}`);
  insist(commandIn(screen) === undefined, `screen: a command: ${commandIn(screen)}`);
}

/** Any text in any field of a class comes out of every document about it as text. */
export const documentFuzzer = defineFuzzer({
  name: "documents",
  promise: "every class was written in every document without anything raw in it",
  cases: fc.record({ entries }),
  check: ({ entries: all }: { entries: Entry[] }) => {
    for (const name of ["csv", "canvas", "moodle"] as const) checkTable(name, all);
    checkPage(all);
    checkScreen(all);
    for (const name of ["sarif", "ctrf"] as const) JSON.parse(written(name, all));
    for (const line of written("ndjson", all).split("\n")) if (line !== "") JSON.parse(line);
    for (const name of ["junit", "sarif", "ctrf", "ndjson"] as const) {
      const output = written(name, all);
      insist(!RAW.test(output), `${name}: a raw character: ${RAW.exec(output)?.[0]}`);
    }
  },
});
