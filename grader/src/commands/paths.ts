import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { suggest } from "./suggest.ts";
import { codeOf } from "./system-error.ts";

/** True unless the path is surely not there: what cannot be read is the pipeline's to say. */
export async function isThere(named: string): Promise<boolean> {
  try {
    await stat(named);
    return true;
  } catch (error) {
    return !["ENOENT", "ENOTDIR"].includes(codeOf(error));
  }
}

/** One sentence about a path that is not there, with a near name from the same folder. */
export async function missingPath(named: string): Promise<string> {
  const folder = path.dirname(named);
  const names = await readdir(folder).catch(() => []);
  const near = suggest(path.basename(named), names);
  const hint =
    near === undefined ? "" : ` Did you mean ${JSON.stringify(path.join(folder, near))}?`;
  return `there is no file or folder ${JSON.stringify(named)}.${hint}`;
}
