import { copyFile, mkdir, rename } from "node:fs/promises";
import path from "node:path";
import { readManifest, writeManifest } from "../class/manifest.ts";
import type { Manifest } from "../class/manifest.ts";
import { isInShard } from "../class/shard.ts";
import { openStore } from "../class/store.ts";
import { parseMergeWords } from "./class-options.ts";
import { conclude, howToCall, refuseComparison } from "./class-results.ts";
import { complain } from "./complain.ts";
import { voiceOf } from "./subcommands.ts";
import type { World } from "./world.ts";
import { WrongCall } from "./wrong-call.ts";

interface Part {
  folder: string;
  manifest: Manifest;
}

/** `grade merge`. @returns the exit code. @throws WrongCall */
export async function mergeCommand(words: readonly string[], world: World): Promise<number> {
  const parsed = parseMergeWords(
    words,
    voiceOf(world, (text) => complain(text, world)),
  );
  if ("exitCode" in parsed) return parsed.exitCode;
  const { words: folders, options } = parsed;
  const { out } = options;
  if (out === undefined)
    throw new WrongCall("grade merge needs --out: a folder for the whole class.");
  await refuseComparison(options);
  const parts = await Promise.all(folders.map(readPart));
  const [first, ...rest] = parts;
  if (first === undefined) throw new WrongCall("there is nothing to join.");
  for (const part of rest) agree(first, part);
  complete(parts);
  await mkdir(out, { recursive: true });
  const { shard: _, ...whole } = first.manifest;
  await copyResults(parts, out);
  await writeManifest(out, whole);
  const list = { students: whole.students.map(withoutUndefined), remarks: [] };
  const store = await openStore(out);
  return await conclude({
    out,
    list,
    store,
    manifest: whole,
    options,
    again: howToCall("merge", words),
    world,
  });
}

async function readPart(folder: string): Promise<Part> {
  const manifest = await readManifest(folder);
  if (manifest === undefined)
    throw new WrongCall(`${JSON.stringify(folder)} is no --out folder of grade class.`);
  if (manifest.shard === undefined)
    throw new WrongCall(`${JSON.stringify(folder)} is not a part: it was graded without --shard.`);
  return { folder, manifest };
}

/** Two parts belong together where everything but the part itself is the same. @throws WrongCall */
function agree(one: Part, other: Part): void {
  const words = {
    classVersion: "format",
    grader: "grader",
    build: "grader",
    options: "configuration",
    seed: "seed",
    assignment: "assignment",
    students: "list of students",
  } as const satisfies Record<Exclude<keyof Manifest, "shard">, string>;
  const keys = Object.keys(words) as (keyof typeof words)[];
  const different = keys.find(
    (key) => JSON.stringify(one.manifest[key]) !== JSON.stringify(other.manifest[key]),
  );
  if (different !== undefined)
    throw new WrongCall(
      `${JSON.stringify(one.folder)} and ${JSON.stringify(other.folder)} differ in their ${words[different]}.`,
    );
  if (one.manifest.shard?.count !== other.manifest.shard?.count)
    throw new WrongCall(`the parts are not parts of the same whole: their counts differ.`);
}

function complete(parts: readonly Part[]): void {
  const count = parts[0]?.manifest.shard?.count ?? 0;
  const there = new Set(parts.map(({ manifest }) => manifest.shard?.index));
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter(
    (index) => !there.has(index),
  );
  if (missing.length > 0)
    throw new WrongCall(
      `these parts are missing: ${missing.map((index) => `${index}/${count}`).join(", ")}.`,
    );
}

async function copyResults(parts: readonly Part[], out: string): Promise<void> {
  const target = path.join(out, "results");
  await mkdir(target, { recursive: true });
  for (const { folder, manifest } of parts) {
    const store = await openStore(folder);
    const own = manifest.students.filter((_, position) => isInShard(position, manifest.shard));
    for (const { id } of own) await copyWhole(store.fileOf(id), target);
  }
}

async function copyWhole(file: string | undefined, folder: string): Promise<void> {
  if (file === undefined) return;
  const draft = path.join(folder, `.${path.basename(file)}.tmp`);
  await copyFile(file, draft);
  await rename(draft, path.join(folder, path.basename(file)));
}

/** Under exactOptionalPropertyTypes a path that is not there must not be `undefined`. */
function withoutUndefined({ path: where, ...student }: Manifest["students"][number]): {
  id: string;
  name: string;
  path?: string;
  columns: Record<string, string>;
} {
  return where === undefined ? student : { ...student, path: where };
}
