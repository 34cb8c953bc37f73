/** Grades folders with the built command line, some at a time. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { reportSchema, type Report } from "../../grader/src/model/report.ts";

const GRADE = fileURLToPath(new URL("../../grader/bin/grade.js", import.meta.url));
const AT_ONCE = 100;

/** One report for each folder, in order. @throws where the grader fails on one twice */
export async function gradeAll(folders: readonly string[], seed: string): Promise<Report[]> {
  const found = new Map<string, Report>();
  const missing = () => folders.filter((folder) => !found.has(folder));
  for (let time = 0; time < 2; time++)
    for (const batch of batchesOf(missing()))
      for (const report of await gradeBatch(batch, seed)) found.set(report.submission.path, report);
  if (missing().length > 0) throw new Error(`no report for ${missing().join(", ")}`);
  return folders.flatMap((folder) => found.get(folder) ?? []);
}

const batchesOf = (folders: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(folders.length / AT_ONCE) }, (_, k) =>
    folders.slice(k * AT_ONCE, (k + 1) * AT_ONCE),
  );

async function gradeBatch(folders: readonly string[], seed: string): Promise<Report[]> {
  const words = [
    GRADE,
    ...folders,
    "--walk",
    "--format",
    "ndjson",
    "--seed",
    seed,
    "--min-score",
    "0",
  ];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const reports: Report[] = [];
  for await (const line of createInterface({ input: child.stdout }))
    reports.push(reportSchema.parse(JSON.parse(line)));
  return reports;
}

/** Graded, with every point. */
export const hasFullMarks = (report: Report): boolean =>
  report.status === "graded" && report.score === report.maxScore;
