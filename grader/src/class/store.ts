/** Results on disk: one file for each student, written whole or not at all. */

import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import type { Graded } from "../model/grader.ts";
import { reportSchema } from "../model/report.ts";
import { digest } from "./seed.ts";

const fileSchema = z.object({ path: z.string(), text: z.string(), sha256: z.string() });

export const gradedSchema = z.object({ report: reportSchema, files: z.array(fileSchema) });

const resultSchema = z.object({
  resultVersion: z.literal(1),
  id: z.string(),
  graded: gradedSchema,
});

const faultSchema = z.object({ resultVersion: z.literal(1), id: z.string(), fault: z.string() });

/** A mark, or the reason why there is none: the grader's own, never the student's. */
export type Result = { graded: Graded } | { fault: string };

export interface Store {
  /** True where a result is kept under exactly this key. */
  has(id: string, key: string): boolean;
  read(id: string): Promise<Result | undefined>;
  /** Replaces what was kept for the student. A fault is kept too, and graded again next time. */
  write(id: string, key: string, result: Result): Promise<void>;
  forget(id: string): Promise<void>;
  /** The file that holds the student's result, for copying. */
  fileOf(id: string): string | undefined;
}

const RESULTS = "results";
const FAULT = "fault";

/** Opens, and makes where it is not there, the folder `results` in `out`. */
export async function openStore(out: string): Promise<Store> {
  const folder = path.join(out, RESULTS);
  await mkdir(folder, { recursive: true });
  const { kept, rubbish } = sortOut(await readdir(folder));
  await Promise.all(rubbish.map((name) => rm(path.join(folder, name), { force: true })));
  const remove = async (name: string | undefined): Promise<void> => {
    if (name !== undefined) await rm(path.join(folder, name), { force: true });
  };
  return {
    has: (id, key) => kept.get(stem(id)) === nameOf(id, key),
    read: async (id) => await readKept({ folder, kept }, id),
    write: async (id, key, result) => {
      const name = nameOf(id, "fault" in result ? FAULT : key);
      await writeAtomically(
        path.join(folder, name),
        `${JSON.stringify({ resultVersion: 1, id, ...result })}\n`,
      );
      const previous = kept.get(stem(id));
      kept.set(stem(id), name);
      if (previous !== name) await remove(previous);
    },
    forget: async (id) => {
      await remove(kept.get(stem(id)));
      kept.delete(stem(id));
    },
    fileOf: (id) => {
      const name = kept.get(stem(id));
      return name === undefined ? undefined : path.join(folder, name);
    },
  };
}

/** Results of another run, to look at only. */
export async function openStoreToRead(out: string): Promise<Pick<Store, "read">> {
  const folder = path.join(out, RESULTS);
  const { kept } = sortOut(await readdir(folder));
  return { read: async (id) => await readKept({ folder, kept }, id) };
}

interface Kept {
  folder: string;
  /** By student, the name of the file. */
  kept: ReadonlyMap<string, string>;
}

async function readKept({ folder, kept }: Kept, id: string): Promise<Result | undefined> {
  const name = kept.get(stem(id));
  return name === undefined ? undefined : await readResult(path.join(folder, name), id);
}

/** One file a student; the rest is what a run that was killed left behind. */
function sortOut(names: readonly string[]): { kept: Map<string, string>; rubbish: string[] } {
  const kept = new Map<string, string>();
  const rubbish = names.filter((name) => name.endsWith(".tmp"));
  for (const name of names.toSorted()) {
    const [, owner] = /^(.+\.[0-9a-f]{16})\.[^.]+\.json$/u.exec(name) ?? [];
    if (owner === undefined) continue;
    if (kept.has(owner)) rubbish.push(name);
    else kept.set(owner, name);
  }
  return { kept, rubbish };
}

/** A name for files about a student: readable where the id is plain; unique always, also on disks that ignore case. */
export function stem(id: string): string {
  const plain = encodeURIComponent(id)
    .replace(/[^\w%-]/gu, "_")
    .slice(0, 60);
  return `${plain}.${digest(id).slice(0, 16)}`;
}

function nameOf(id: string, key: string): string {
  return `${stem(id)}.${key}.json`;
}

async function readResult(file: string, id: string): Promise<Result | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    const fault = faultSchema.safeParse(value);
    if (fault.success) return { fault: fault.data.fault };
    const { data } = resultSchema.safeParse(value);
    return data?.id === id ? { graded: data.graded } : undefined;
  } catch {
    // Cut off by a full disk or a power cut: as good as not there.
    return undefined;
  }
}

/** Writes beside the file and renames, so that nobody ever reads half of it. */
export async function writeAtomically(file: string, text: string): Promise<void> {
  const draft = path.join(path.dirname(file), `.${randomUUID()}.tmp`);
  try {
    await writeFile(draft, text, { flag: "wx" });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
