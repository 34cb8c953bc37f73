/** The table that the README shows. */

import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { table, type Corpus } from "./table.ts";

const README = fileURLToPath(new URL("../../README.md", import.meta.url));
const [BEGIN, END] = ["<!-- accuracy: written by bench:accuracy -->", "<!-- accuracy: end -->"];

/** Puts the table and the command that made it between two comments. @throws where they are not there */
export async function writeToReadme(corpora: readonly Corpus[], command: string): Promise<void> {
  const text = await readFile(README, "utf8");
  const [start, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`README.md has no place for the table: ${BEGIN}`);
  const inner = [BEGIN, table(corpora), `Printed by \`${command}\`.`, END].join("\n\n");
  await writeFile(README, text.slice(0, start) + inner + text.slice(end + END.length));
}
