import { resolve } from "node:path";
import type { Graded, GraderOptions } from "../model/grader.ts";
import { readSubmission } from "../source/read.ts";
import { keyOfGraded, keyOfRead } from "./key.ts";
import type { Circumstances } from "./key.ts";
import { openLane } from "./lane.ts";
import type { Lane } from "./lane.ts";
import type { Result, Store } from "./store.ts";
import type { Student } from "./student.ts";

/** What a run over a class works with. */
export interface ClassRun {
  /** The class's folder. */
  home: string;
  store: Store;
  build: string;
  options: GraderOptions;
  seedOf(id: string): string;
  /** Processes that grade side by side. */
  jobs: number;
  /** Grade everything anew, also what is kept from earlier. */
  fresh: boolean;
  /** Aborted when the run is to end now: what is under way is given up. */
  signal: AbortSignal;
  onPlan(plan: Plan): void;
  onResult(student: Student, result: Result): void;
}

/** How much of a class is left to do. */
export interface Plan {
  toGrade: number;
  kept: number;
  missing: number;
}

interface Job {
  student: Student;
  path: string;
  key: string;
  circumstances: Circumstances;
}

/** Reading is waiting for the disk, most of it. */
const READERS = 16;

/** Grades what is not graded yet. A submission that fails costs itself and nothing else. */
export async function gradeStudents(students: readonly Student[], run: ClassRun): Promise<void> {
  const plan = { toGrade: 0, kept: 0, missing: 0 };
  const todo: Job[] = [];
  const found = students.map((): Job | undefined => undefined);
  await sideBySide(READERS, students, async (student, i) => {
    const job = run.signal.aborted ? undefined : await jobFor(student, run);
    if (job === "missing") plan.missing += 1;
    else if (job === "kept") plan.kept += 1;
    else found[i] = job;
  });
  for (const job of found) if (job !== undefined) todo.push(job);
  run.onPlan({ ...plan, toGrade: todo.length });
  await gradeJobs(todo, run);
}

async function jobFor(student: Student, run: ClassRun): Promise<Job | "kept" | "missing"> {
  const { store, build, options } = run;
  if (student.path === undefined) {
    await store.forget(student.id);
    return "missing";
  }
  const where = resolve(run.home, student.path);
  const circumstances = { build, options, seed: run.seedOf(student.id) };
  const key = keyOfRead(await readSubmission(where, options.limits), circumstances);
  if (!run.fresh && store.has(student.id, key)) return "kept";
  return { student, path: where, key, circumstances };
}

async function gradeJobs(todo: readonly Job[], run: ClassRun): Promise<void> {
  const lanes = Array.from({ length: Math.min(run.jobs, todo.length) }, () =>
    openLane(run.options),
  );
  const closeAll = (): void => lanes.forEach((lane) => lane.close());
  run.signal.addEventListener("abort", closeAll, { once: true });
  const doubtful = new Set<Job>();
  const rest = todo.values();
  const work = async (lane: Lane): Promise<void> => {
    for (const job of rest) {
      if (run.signal.aborted) return;
      const result = await gradeOne(job, lane);
      if (ranOutOfTime(result)) doubtful.add(job);
      else await keep(job, result, run);
    }
  };
  try {
    await Promise.all(lanes.map(work));
    const [alone, ...others] = lanes;
    for (const lane of others) lane.close();
    // In the order of the class, whichever lane was done first.
    for (const job of todo.filter((j) => doubtful.has(j))) {
      if (alone === undefined || run.signal.aborted) return;
      await keep(job, await gradeOne(job, alone), run);
    }
  } finally {
    closeAll();
  }
}

/** Everything that is said because a clock had run out. */
const OUT_OF_TIME = ["timed-out", "import-timed-out", "source-too-complex"];

/**
 * Side by side with others, on a machine that has more to do than it can, time may run out for a
 * program that is in no hurry. So it is graded once more, alone, and that verdict stands.
 */
function ranOutOfTime(result: Result): boolean {
  return (
    "graded" in result && result.graded.report.findings.some(({ id }) => OUT_OF_TIME.includes(id))
  );
}

async function keep(job: Job, result: Result, run: ClassRun): Promise<void> {
  // What was cut short by the stop is no verdict.
  if (run.signal.aborted && "fault" in result) return;
  const key = "graded" in result ? keyOfGraded(result.graded, job.circumstances) : undefined;
  await run.store.write(job.student.id, key ?? job.key, result);
  run.onResult(job.student, result);
}

/** A grader that fails gets a second chance in a fresh process. */
async function gradeOne({ student, path: where, circumstances }: Job, lane: Lane): Promise<Result> {
  const again = async (): Promise<Graded> => await lane.grade(where, circumstances.seed);
  try {
    const graded = await again().catch(again);
    if (graded.report.status === "ungradable") return { fault: faultIn(graded) };
    return { graded: named(graded, student) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

/** The path as the class knows it, which is the same on every machine. */
export function named({ report, files }: Graded, student: Student): Graded {
  const path = student.shownAs ?? student.path ?? "";
  return { report: { ...report, submission: { ...report.submission, path } }, files };
}

function faultIn({ report }: Graded): string {
  const checks = report.checks.filter(({ status }) => status === "faulted").map(({ id }) => id);
  return `the grader failed in ${checks.join(", ")}`;
}

async function sideBySide<T>(
  width: number,
  items: readonly T[],
  act: (item: T, i: number) => Promise<void>,
): Promise<void> {
  const rest = items.entries();
  const work = async (): Promise<void> => {
    for (const [i, item] of rest) await act(item, i);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, work));
}
