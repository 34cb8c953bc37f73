import { randomUUID } from "node:crypto";
import { rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { systemWords } from "./system-error.ts";
import { WrongCall } from "./wrong-call.ts";

/** Refuses a file that cannot be written before any work is done. @throws WrongCall */
export async function checkOutput(file: string): Promise<void> {
  const folder = path.dirname(path.resolve(file));
  const isFolder = await stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isFolder)
    throw new WrongCall(
      `cannot write ${JSON.stringify(file)}: there is no folder ${JSON.stringify(folder)}.`,
    );
  const isTaken = await stat(file).then(
    (stats) => !stats.isFile(),
    () => false,
  );
  if (isTaken)
    throw new WrongCall(
      `cannot write ${JSON.stringify(file)}: it is there already and is no file.`,
    );
}

/** Writes beside the file and renames, so that nobody ever reads half of it. @throws WrongCall */
export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
  try {
    await writeFile(draft, text, { flag: "wx" });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw new WrongCall(`cannot write ${JSON.stringify(file)}: ${systemWords(error)}.`);
  }
}
