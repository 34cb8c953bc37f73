/** Writes a class's results in all the formats that are asked for, in one pass over the entries. */

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { finished } from "node:stream/promises";
import { MACHINE_LOOK } from "../report/reporter.ts";
import { anonymousDocuments, documents, folders } from "../report/class-formats.ts";
import type { DocumentName, FolderName } from "../report/class-formats.ts";
import type { ClassFormat } from "../report/formats.ts";
import type { Entry, Pieces, Scope } from "../report/document.ts";
import { reveal } from "../report/reveal.ts";
import type { Reveal } from "../report/reveal.ts";
import { withGraded } from "./entries.ts";
import { stem, writeAtomically } from "./store.ts";

export interface Outputs {
  /** The folder that everything is written to. */
  out: string;
  formats: readonly ClassFormat[];
  scope: Scope;
  reveal: Reveal;
  /** The entries have pseudonyms, which the formats' own contents must not undo. */
  anonymous: boolean;
}

/** For one format: takes every entry in order, then ends. */
interface Sink {
  add(entry: Entry): Promise<void>;
  end(): Promise<void>;
  /** Leaves nothing behind. */
  drop(): Promise<void>;
}

/** Formats for the teacher's own eyes show everything. */
const TEACHERS_OWN: readonly ClassFormat[] = ["csv", "canvas", "html"];

/** Writes each format whole or not at all. @returns the paths of what was written */
export async function writeOutputs(
  entries: AsyncIterable<Entry>,
  outputs: Outputs,
): Promise<string[]> {
  await mkdir(outputs.out, { recursive: true });
  const opened: { format: ClassFormat; target: string; sink: Sink }[] = [];
  try {
    for (const format of outputs.formats) {
      const target = path.join(outputs.out, nameOf(format));
      opened.push({ format, target, sink: await openSink(format, target, outputs) });
    }
    for await (const entry of entries) {
      const shown = withGraded(entry, (graded) => reveal(graded, outputs.reveal));
      for (const { format, sink } of opened)
        await sink.add(TEACHERS_OWN.includes(format) ? entry : shown);
    }
    for (const { sink } of opened) await sink.end();
  } catch (error) {
    await Promise.all(opened.map(async ({ sink }) => await sink.drop()));
    throw error;
  }
  return opened.map(({ target }) => target);
}

function nameOf(format: ClassFormat): string {
  return isDocument(format) ? documents[format].file : format;
}

function isDocument(format: ClassFormat): format is DocumentName {
  return format in documents;
}

async function openSink(format: ClassFormat, target: string, outputs: Outputs): Promise<Sink> {
  const { scope, anonymous } = outputs;
  if (isDocument(format)) {
    const nameless = anonymous ? anonymousDocuments[format] : undefined;
    return await fileSink((nameless ?? documents[format].format)(scope), target);
  }
  return await folderSink(format, target);
}

async function fileSink(pieces: Pieces, file: string): Promise<Sink> {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`);
  const stream = createWriteStream(draft);
  await once(stream, "open");
  const put = async (text: string): Promise<void> => {
    if (!stream.write(text)) await once(stream, "drain");
  };
  await put(pieces.open);
  return {
    add: async (entry) => await put(pieces.entry(entry)),
    end: async () => {
      stream.end(pieces.close());
      await finished(stream);
      await rename(draft, file);
    },
    drop: async () => {
      stream.destroy();
      await rm(draft, { force: true });
    },
  };
}

/** A file for each student who has a mark. */
async function folderSink(format: FolderName, folder: string): Promise<Sink> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return {
    add: async ({ id, outcome }) => {
      if (outcome.kind !== "graded") return;
      await writeAtomically(
        path.join(folder, `${stem(id)}.json`),
        folders[format](outcome.graded, MACHINE_LOOK),
      );
    },
    end: async () => undefined,
    drop: async () => undefined,
  };
}
