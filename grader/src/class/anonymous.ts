import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Entry } from "../report/document.ts";
import { withGraded } from "./entries.ts";
import { seedFor } from "./seed.ts";
import { writeAtomically } from "./store.ts";

/** Students' ids as `student-017`, in an order that says nothing about who they are. */
export function pseudonyms(ids: readonly string[], salt: string): Map<string, string> {
  const ranked = ids
    .map((id) => ({ id, rank: seedFor(salt, id) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
  const digits = Math.max(2, `${ids.length}`.length);
  return new Map(ranked.map(({ id }, i) => [id, `student-${`${i + 1}`.padStart(digits, "0")}`]));
}

/** The entry without name, roster columns and path. Comments in the code are left as they are. */
export function anonymized(entry: Entry, names: ReadonlyMap<string, string>): Entry {
  const id = names.get(entry.id) ?? "student";
  const nameless = withGraded(entry, ({ report, files }) => {
    const submission = { ...report.submission, path: id };
    return { report: { ...report, submission }, files };
  });
  return { ...nameless, id, name: id, columns: {} };
}

/** Kept beside the results, so that the pseudonyms stay the same. */
export async function saltIn(out: string): Promise<string> {
  const file = path.join(out, "pseudonyms.key");
  const kept = await readFile(file, "utf8").catch(() => "");
  if (kept !== "") return kept;
  const salt = randomBytes(16).toString("hex");
  await writeAtomically(file, salt);
  return salt;
}
