import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import type { Report } from "../model/report.ts";
import { CHECK_IDS } from "../model/rubric.ts";
import type { Walk } from "../model/walk.ts";

const checksSchema = z.array(z.enum(CHECK_IDS)).default([]);

/** `expected.json` beside a program: what the grader should say about it. */
const expectedSchema = z.object({
  findings: z.array(
    z.object({
      id: z.string(),
      file: z.string().optional(),
      /** Any of these is a line that a mentor would point at. */
      lines: z.array(z.int()).optional(),
    }),
  ),
  failed: checksSchema,
  blocked: checksSchema,
});

type Expected = z.infer<typeof expectedSchema>;

/** A program of `solutions/`, and what is expected of it. */
export interface Specimen {
  folder: string;
  /** The misconception, or `correct`. */
  group: string;
  expected: Expected;
}

/** How one program fared. */
export interface Trial {
  specimen: Specimen;
  hasFullMarks: boolean;
  /** Points were lost in the checks where they should be, and in no other. */
  isInItsChecks: boolean;
  /** Exactly the expected names, no other. */
  isNamed: boolean;
  /** Every finding points at a line that was expected. */
  isLocated: boolean;
  /** The walks diverge first at lines that were expected; absent without any walk. */
  isFollowed?: boolean;
}

/** Every program under `solutions`, right ones first; undefined where there is no such folder. */
export async function readSpecimens(solutions: string): Promise<Specimen[] | undefined> {
  try {
    const forms = await foldersIn(path.join(solutions, "correct"));
    const right = forms.map((folder) => readSpecimen(folder, "correct"));
    const groups = await foldersIn(path.join(solutions, "wrong"));
    const wrong = groups.map(async (group) => {
      const variants = await foldersIn(group);
      return await Promise.all(
        variants.map((folder) => readSpecimen(folder, path.basename(group))),
      );
    });
    return [...(await Promise.all(right)), ...(await Promise.all(wrong)).flat()];
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(folder, entry.name))
    .toSorted();
}

async function readSpecimen(folder: string, group: string): Promise<Specimen> {
  const text = await readFile(path.join(folder, "expected.json"), "utf8");
  return { folder, group, expected: expectedSchema.parse(JSON.parse(text)) };
}

/** Holds a report to what was expected. */
export function tryOut(specimen: Specimen, report: Report): Trial {
  const { expected } = specimen;
  const withStatus = (wanted: string) =>
    report.checks.filter(({ status }) => status === wanted).map(({ id }) => id);
  const isInItsChecks =
    isSame(withStatus("failed"), expected.failed) &&
    isSame(withStatus("blocked"), expected.blocked);
  const ids = (findings: readonly { id: string }[]) => findings.map(({ id }) => id);
  return {
    specimen,
    hasFullMarks: report.status === "graded" && report.score === report.maxScore,
    isInItsChecks,
    isNamed: isSame(ids(report.findings), ids(expected.findings)),
    isLocated: expected.findings.every((wanted) => isPlaced(wanted, report)),
    ...(report.walks?.length ? { isFollowed: isFollowed(report.walks, expected) } : {}),
  };
}

/**
 * A walk knows nothing of the catalogue, so it counts whichever finding has its line. An idea that
 * shows in two functions is one finding, with the lines of the first.
 */
function isFollowed(walks: readonly Walk[], { findings }: Expected): boolean {
  const starts = walks.flatMap(
    ({ steps }) => steps.find(({ standing }) => standing === "diverges")?.location ?? [],
  );
  const met = findings.filter(({ file, lines }) =>
    starts.some((at) => at.file === file && lines?.includes(at.line) === true),
  );
  return met.length >= Math.min(walks.length, findings.length);
}

function isPlaced({ id, file, lines }: Expected["findings"][number], report: Report): boolean {
  if (lines === undefined) return true;
  return report.findings.some(
    (found) =>
      found.id === id &&
      found.location !== undefined &&
      found.location.file === file &&
      lines.includes(found.location.line),
  );
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.toSorted().join() === b.toSorted().join();
