import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/** A submission as text: the path of each file inside it, and what the file holds. */
export interface Program {
  /** Where it comes from and what was done to it, readable and usable as a folder's name. */
  id: string;
  files: ReadonlyMap<string, string>;
}

/** The file that holds, or exports, the three functions. */
export const ENTRY = "src/dropout.ts";

/** All files of a program as one text: two programs are the same when these are. */
export function wholeText(program: Program): string {
  return [...program.files].map(([name, text]) => `// ${name}\n${text}`).join("\n");
}

/** Writes a program as a submission. @returns its folder */
export async function writeProgram(folder: string, program: Program): Promise<string> {
  const root = path.join(folder, program.id);
  for (const [name, text] of program.files) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return root;
}
