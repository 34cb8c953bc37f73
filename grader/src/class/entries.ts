import type { Graded } from "../model/grader.ts";
import type { Entry } from "../report/document.ts";
import { named } from "./run.ts";
import type { Store } from "./store.ts";
import type { Student } from "./student.ts";

/** The students with what is kept of them, one after the other; those without a result yet are left out. */
export async function* entriesOf(
  students: Iterable<Student>,
  store: Pick<Store, "read">,
): AsyncGenerator<Entry> {
  for (const student of students) {
    const outcome = await outcomeOf(student, store);
    const { id, name, columns } = student;
    if (outcome !== undefined) yield { id, name, columns, outcome };
  }
}

async function outcomeOf(
  student: Student,
  store: Pick<Store, "read">,
): Promise<Entry["outcome"] | undefined> {
  if (student.path === undefined) return { kind: "missing" };
  const result = await store.read(student.id);
  if (result === undefined) return undefined;
  if ("fault" in result) return { kind: "ungradable", because: result.fault };
  return { kind: "graded", graded: named(result.graded, student) };
}

/** The entry with its report and files changed, where it has any. */
export function withGraded(entry: Entry, change: (graded: Graded) => Graded): Entry {
  const { outcome } = entry;
  if (outcome.kind !== "graded") return entry;
  return { ...entry, outcome: { kind: "graded", graded: change(outcome.graded) } };
}
