/** Grades folders with the built command line, some at a time. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { reportSchema, type Report } from "../../grader/src/model/report.ts";

const GRADE = fileURLToPath(new URL("../../grader/bin/grade.js", import.meta.url));
const AT_ONCE = 100;

/** One report for each folder, in order. @throws where one is missing */
export async function gradeAll(folders: readonly string[], seed: string): Promise<Report[]> {
  const reports: Report[] = [];
  for (let start = 0; start < folders.length; start += AT_ONCE) {
    const batch = folders.slice(start, start + AT_ONCE);
    const found = await gradeBatch(batch, seed);
    if (found.length !== batch.length)
      throw new Error(`${found.length} reports for ${batch.length} programs`);
    reports.push(...found);
  }
  return reports;
}

async function gradeBatch(folders: readonly string[], seed: string): Promise<Report[]> {
  const words = [GRADE, ...folders, "--format", "ndjson", "--seed", seed, "--min-score", "0"];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const reports: Report[] = [];
  for await (const line of createInterface({ input: child.stdout }))
    reports.push(reportSchema.parse(JSON.parse(line)));
  return reports;
}

/** Graded, with every point. */
export const hasFullMarks = (report: Report): boolean =>
  report.status === "graded" && report.score === report.maxScore;
