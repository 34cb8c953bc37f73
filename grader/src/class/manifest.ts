/** `class.json`: what a folder of results is about, so that a run can go on and parts can be joined. */

import { readFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import { limitsSchema } from "../model/limits.ts";
import { CHECK_IDS } from "../model/rubric.ts";
import { writeAtomically } from "./store.ts";

const studentSchema = z.object({
  id: z.string(),
  name: z.string(),
  path: z.string().optional(),
  columns: z.record(z.string(), z.string()),
});

const manifestSchema = z.object({
  classVersion: z.literal(1),
  grader: z.string(),
  /** The digest of the grader's code. */
  build: z.string(),
  options: z.object({
    limits: limitsSchema,
    points: z.record(z.enum(CHECK_IDS), z.int()),
    only: z.array(z.enum(CHECK_IDS)).optional(),
  }),
  /** One seed for all, or the fingerprint of the secret that each student's own is made of. */
  seed: z.union([z.object({ shared: z.string() }), z.object({ secret: z.string() })]),
  assignment: z.string(),
  students: z.array(studentSchema),
  /** Which part of the class is graded here; absent for all of it. */
  shard: z.object({ index: z.int(), count: z.int() }).optional(),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** The folder's manifest, or nothing where there is none that can be read. */
export async function readManifest(out: string): Promise<Manifest | undefined> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(fileIn(out), "utf8")));
  } catch {
    return undefined;
  }
}

/** Writes the manifest, whole or not at all. */
export async function writeManifest(out: string, manifest: Manifest): Promise<void> {
  await writeAtomically(fileIn(out), `${JSON.stringify(manifest, null, 1)}\n`);
}

function fileIn(out: string): string {
  return path.join(out, "class.json");
}
