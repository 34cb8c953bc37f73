import { writeFile } from "node:fs/promises";
import path from "node:path";
import { error, notice, setOutput, summary, warning } from "@actions/core";
import type { Graded } from "../model/grader.ts";
import { annotationsFor } from "../report/github/annotations.ts";
import type { Annotation } from "../report/github/annotations.ts";
import { legacyResult } from "../report/github/legacy.ts";
import { docsUrl, inRepository } from "../report/github/place.ts";
import type { Place } from "../report/github/place.ts";
import type { ProtectedFile } from "../report/github/protected-file.ts";
import { summaryOf } from "../report/github/summary.ts";
import { reporters } from "../report/index.ts";
import type { Look } from "../report/reporter.ts";
import type { Surroundings } from "./surroundings.ts";

const PLAIN: Look = { width: 80, color: false, unicode: true, several: false, again: [] };

/** A graded submission, and what belongs to its publication. */
export interface Publication {
  graded: Graded;
  place: Place;
  kept: readonly ProtectedFile[];
}

/** Log, annotations, summary and outputs: everything that a reader gets to see. */
export async function publish(publication: Publication, around: Surroundings): Promise<void> {
  const { graded, place, kept } = publication;
  const changed = kept.filter((f) => f.state !== "as given").map((f) => f.path);
  sayUnheard(reporters.terminal.report(withLinks(graded, place), PLAIN), around.secretWord());
  for (const annotation of annotationsFor(graded.report, place, changed)) annotate(annotation);
  const text = summaryOf(graded, { place, protectedFiles: kept });
  if (around.env["GITHUB_STEP_SUMMARY"]) await summary.addRaw(text).write();
  await setOutputs(publication, changed, around);
}

/** In a log, the path of a page is of no use to anybody. */
function withLinks({ report, files }: Graded, place: Place): Graded {
  const findings = report.findings.map((f) => ({ ...f, docs: docsUrl(f, place) ?? f.docs }));
  return { report: { ...report, findings }, files };
}

/** Prints text between two marks, where the runner obeys no command. */
function sayUnheard(text: string, word: string): void {
  process.stdout.write(`::stop-commands::${word}\n${text}::${word}::\n`);
}

function annotate({ level, message, ...properties }: Annotation): void {
  const say = { error, warning, notice }[level];
  say(message, properties);
}

async function setOutputs(
  { graded, place, kept }: Publication,
  changed: readonly string[],
  { temp, env }: Surroundings,
): Promise<void> {
  const { report } = graded;
  const file = path.join(temp, "dropout-report.json");
  await writeFile(file, reporters.json.report(graded, PLAIN));
  // Without a file to write them to, `@actions/core` falls back on a command that is long gone.
  if (!env["GITHUB_OUTPUT"]) return;
  const hashes = [
    ...kept.map(({ path: name, sha256 }) => [name, sha256 ?? null]),
    ...report.submission.files.map((f) => [inRepository(f.path, place) ?? f.path, f.sha256]),
  ];
  // What was not graded has no score that anybody could enter as one.
  setOutput("score", report.status === "graded" ? report.score : "");
  setOutput("max-score", report.maxScore);
  setOutput("report", file);
  setOutput("result", Buffer.from(legacyResult(report)).toString("base64"));
  setOutput("hashes", Object.fromEntries(hashes));
  setOutput("changed-files", changed);
}
