import type { Graded } from "../model/grader.ts";
import type { Report } from "../model/report.ts";
import { defuse, visible } from "../report/escape.ts";
import { reveal } from "../report/reveal.ts";
import type { Reveal } from "../report/reveal.ts";

/** What the grader itself says of the submission. */
export interface Own {
  /** With the report's seed. */
  same: Graded;
  /** With a seed that nobody could know. */
  other: Graded;
}

/** What a report and the grader do not agree about, a line each; none where they agree. */
export function compareReports(claimed: Report, { same, other }: Own): string[] {
  const { report: own } = reveal(same, levelOf(claimed));
  const lines = [
    ...changedFiles(claimed, own),
    ...changed("grader's version", claimed.grader, own.grader),
    ...changed("score", mark(claimed), mark(own)),
    ...changedChecks(claimed, own),
    ...changed("findings", namesOf(claimed), namesOf(own)),
  ];
  // Words, places, what was printed: what is not worth a line of its own is compared all the same.
  if (lines.length === 0 && contentOf(claimed) !== contentOf(own))
    lines.push("the text of the report is not what the grader writes");
  return [...lines, ...changed("score, with another seed", mark(claimed), mark(other.report))];
}

/** How much of it its students were shown, as the report itself tells. */
function levelOf({ notShown, findings }: Report): Reveal {
  if (notShown === undefined) return "everything";
  if (notShown.checks > 0) return "nothing";
  return findings.some(({ what }) => what !== "") ? "measured" : "category";
}

function changed(what: string, claimed: string, own: string): string[] {
  return claimed === own ? [] : [`${what}: the report has ${claimed}, the grader ${own}`];
}

const HASH_SHOWN = 12;

function changedFiles(claimed: Report, own: Report): string[] {
  const byPath = ({ submission }: Report): Map<string, string> =>
    new Map(submission.files.map(({ path, sha256 }) => [path, sha256.slice(0, HASH_SHOWN)]));
  const [before, now] = [byPath(claimed), byPath(own)];
  const paths = [...new Set([...before.keys(), ...now.keys()])];
  return paths.flatMap((path) =>
    changed(path, before.get(path) ?? "no such file", now.get(path) ?? "no such file"),
  );
}

function mark({ score, maxScore }: Report): string {
  return `${score} of ${maxScore}`;
}

function changedChecks(claimed: Report, own: Report): string[] {
  const words = ({ checks }: Report): Map<string, string> =>
    new Map(checks.map((one) => [one.id, `${one.status}, ${one.points} of ${one.maxPoints}`]));
  const [before, now] = [words(claimed), words(own)];
  const ids = [...new Set([...before.keys(), ...now.keys()])];
  return ids.flatMap((id) => changed(id, before.get(id) ?? "none", now.get(id) ?? "none"));
}

function namesOf({ findings }: Report): string {
  return findings.map(({ id }) => id).join(", ") || "none";
}

/** All but the path, which is another one on every machine. */
function contentOf(report: Report): string {
  return JSON.stringify(sorted({ ...report, submission: { files: report.submission.files } }));
}

/** The order of a JSON object's keys says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, own]) => [key, sorted(own)]));
}

interface Verdict {
  file: string;
  submission: string;
  claimed: Report;
  /** The other one. */
  seed: string;
  differences: readonly string[];
}

/** The outcome, for a terminal or a log. The report is a stranger's, so it is shown, not obeyed. */
export function verdictText({ file, submission, claimed, seed, differences }: Verdict): string {
  const [is, verdict] =
    differences.length === 0
      ? ["is", `${mark(claimed)} points, with its seed ${claimed.seed} and with ${seed}.`]
      : ["is not", "They differ in:"];
  const lines = [
    `${file} ${is} what the grader says of ${submission}.`,
    verdict,
    ...differences.map((line) => `  ${line}`),
    ...(differences.length === 0
      ? []
      : ["A report made by another version, or with another --config, differs too."]),
  ];
  return defuse(`${lines.map(visible).join("\n")}\n`);
}
