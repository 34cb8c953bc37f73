import { createHash } from "node:crypto";
import { lstat, readFile, realpath } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import type { Config } from "../model/config.ts";
import type { ProtectedFile } from "../report/github/protected-file.ts";
import type { Surroundings } from "./surroundings.ts";

const LARGEST = 1024 * 1024;

const givenSchema = z.record(z.string(), z.string());

/** Where the lists of given files come from, and which folder the submission is in. */
interface Lists {
  /** The instructor's, out of the configuration. */
  listed: Config["protected"];
  /** The starter's own, which the build of the action writes beside it. */
  given: URL;
  folder: string | undefined;
}

/** What has become of the files that the student was given. */
export async function protectedFiles(
  { listed, given, folder }: Lists,
  { workspace }: Surroundings,
): Promise<ProtectedFile[]> {
  const root = await realpath(workspace);
  if (listed !== undefined) return compare(Object.entries(listed), root);
  const files = await compare(await starterFiles(given, folder), root);
  // Nobody has to keep what he does not use; who insists on a file lists it.
  return files.filter(({ state }) => state !== "missing");
}

/** `src/…` is relative to the submission, `.github/…` to the repository. */
async function starterFiles(list: URL, folder = ""): Promise<[string, string][]> {
  const entries = Object.entries(givenSchema.parse(JSON.parse(await readFile(list, "utf8"))));
  return entries.map(([file, sha256]) => {
    const isRepositorys = file.startsWith(".github/") || folder === "";
    return [isRepositorys ? file : `${folder}/${file}`, sha256];
  });
}

async function compare(
  expected: readonly [string, string][],
  root: string,
): Promise<ProtectedFile[]> {
  return Promise.all(
    expected.map(async ([file, given]): Promise<ProtectedFile> => {
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
    return createHash("sha256")
      .update(await readFile(full))
      .digest("hex");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    return code === "ENOENT" || code === "ENOTDIR" ? "missing" : "unreadable";
  }
}
