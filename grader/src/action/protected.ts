import { createHash } from "node:crypto";
import { lstat, readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { ProtectedFile } from "../report/github/protected-file.ts";
import type { Surroundings } from "./surroundings.ts";

const LARGEST = 1024 * 1024;

const givenSchema = z.record(z.string(), z.string());

/**
 * The starter's own files, which the build of the action writes beside it: `src/…` is relative to
 * the submission, `.github/…` to the repository.
 */
export async function givenFiles(list: URL, folder: string | undefined): Promise<Map<string, string>> {
  const text = await readFile(list, "utf8").catch(() => "{}");
  const entries = Object.entries(givenSchema.parse(JSON.parse(text)));
  return new Map(
    entries.map(([file, sha256]) => [
      file.startsWith(".github/") || !folder ? file : `${folder}/${file}`,
      sha256,
    ]),
  );
}

/** Compares files of the repository with what was given. */
export async function compare(
  expected: ReadonlyMap<string, string>,
  { workspace }: Pick<Surroundings, "workspace">,
): Promise<ProtectedFile[]> {
  const root = await realpath(workspace);
  return Promise.all(
    [...expected].map(async ([file, given]): Promise<ProtectedFile> => {
      const found = await hashOf(file, root);
      if (found === "missing" || found === "unreadable") return { path: file, state: found };
      return { path: file, state: found === given ? "as given" : "changed", sha256: found };
    }),
  );
}

/** Of a regular file inside the repository; a link that leads out of it is not followed. */
async function hashOf(file: string, root: string): Promise<string> {
  try {
    const full = await realpath(path.resolve(root, file));
    if (!full.startsWith(`${root}${path.sep}`)) return "unreadable";
    const stats = await lstat(full);
    if (!stats.isFile() || stats.size > LARGEST) return "unreadable";
    return createHash("sha256").update(await readFile(full)).digest("hex");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    return code === "ENOENT" || code === "ENOTDIR" ? "missing" : "unreadable";
  }
}
