import { writeFile } from "node:fs/promises";
import path from "node:path";
import { error, notice, setOutput, summary, warning } from "@actions/core";
import type { Graded } from "../model/grader.ts";
import { annotationsFor } from "../report/github/annotations.ts";
import type { Annotation } from "../report/github/annotations.ts";
import { legacyResult } from "../report/github/legacy.ts";
import type { Place } from "../report/github/place.ts";
import type { ProtectedFile } from "../report/github/protected-file.ts";
import { withheldBy } from "../report/github/reveal.ts";
import type { Revealed } from "../report/github/reveal.ts";
import { summaryOf } from "../report/github/summary.ts";
import { reporters } from "../report/index.ts";
import type { Look } from "../report/reporter.ts";
import type { Surroundings } from "./surroundings.ts";

const PLAIN: Look = { width: 80, color: false, unicode: true, several: false, again: [] };

/** A graded submission, and what belongs to its publication. */
export interface Publication {
  graded: Graded;
  place: Place;
  protectedFiles: readonly ProtectedFile[];
  revealed: Revealed;
}

/** Log, annotations, summary and outputs: everything that a reader gets to see. */
export async function publish(publication: Publication, around: Surroundings): Promise<void> {
  const { graded, place, protectedFiles, revealed } = publication;
  const changed = protectedFiles.filter((f) => f.state !== "as given").map((f) => f.path);
  const look = { ...PLAIN, several: revealed === "score" };
  sayUnheard(reporters.terminal.report(graded, look), around.secretWord());
  for (const annotation of annotationsFor(graded.report, place, changed)) annotate(annotation);
  const withheld = withheldBy(revealed);
  const page = { place, files: graded.files, protectedFiles };
  const text = summaryOf(graded, withheld === undefined ? page : { ...page, withheld });
  if (around.env["GITHUB_STEP_SUMMARY"]) await summary.addRaw(text).write();
  await setOutputs(publication, changed, around);
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
  { graded, protectedFiles }: Publication,
  changed: readonly string[],
  { temp }: Surroundings,
): Promise<void> {
  const { report } = graded;
  const file = path.join(temp, "dropout-report.json");
  await writeFile(file, reporters.json.report(graded, PLAIN));
  // What was not graded has no score that anybody could enter as one.
  setOutput("score", report.status === "graded" ? report.score : "");
  setOutput("max-score", report.maxScore);
  setOutput("report", file);
  setOutput("result", Buffer.from(legacyResult(report)).toString("base64"));
  setOutput("hashes", Object.fromEntries([
    ...report.submission.files.map(({ path: name, sha256 }) => [name, sha256]),
    ...protectedFiles.map(({ path: name, sha256 }) => [name, sha256 ?? ""]),
  ]));
  setOutput("changed-files", changed);
}
