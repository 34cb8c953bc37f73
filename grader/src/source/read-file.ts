/** Reads one file of a submission: regular, small, UTF-8, and where it says it is. */

import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { lstat, open, readdir, realpath } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import type { Stats } from "node:fs";
import type { ReadProblem, SubmittedFile } from "../model/submission.ts";

/** The folder that everything must stay in, and the size of a file in bytes. */
export interface Bounds {
  /** Absolute, without symbolic links. */
  root: string;
  fileBytes: number;
}

export type FileResult = { ok: true; file: SubmittedFile } | { ok: false; problem: ReadProblem };

/** What a path is, in words, where it is not a regular file. */
export function unusual(stats: Stats): string | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isSymbolicLink()) return "a symbolic link";
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a named pipe";
  if (stats.isSocket()) return "a socket";
  return "a device";
}

/** The names in a folder, or none where it cannot be listed. */
export async function names(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

/** True where `path` is there in exactly this spelling, also on disks that ignore case. */
export async function isThere(root: string, path: string): Promise<boolean> {
  const parts = path.split("/");
  for (const [index, part] of parts.entries()) {
    const folder = join(root, ...parts.slice(0, index));
    if (!(await names(folder)).includes(part)) return false;
  }
  return true;
}

/** Reads `path`, relative to the root with `/`. Never throws for what is on the disk. */
export async function readSubmittedFile(path: string, bounds: Bounds): Promise<FileResult> {
  const fail = (id: ReadProblem["id"], detail: string): FileResult => ({
    ok: false,
    problem: { id, detail, file: path },
  });
  try {
    const refusal = await refused(path, bounds.root);
    if (refusal !== undefined) return fail("file-refused", refusal);
    const bytes = await readBytes(join(bounds.root, path), bounds.fileBytes);
    if (bytes === undefined) return fail("file-refused", `${path} is not a regular file`);
    if (bytes.length > bounds.fileBytes) {
      return fail(
        "file-too-large",
        `${path} is larger than ${bounds.fileBytes} bytes, the most that is read`,
      );
    }
    const decoded = decode(bytes);
    if (!decoded.ok) return fail("file-encoding", `${path} ${decoded.because}`);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { ok: true, file: { path, text: decoded.text, sha256 } };
  } catch (error) {
    return fail("file-unreadable", `${path} could not be read (${errorCode(error)})`);
  }
}

/** Why this file must not be opened, or nothing. Every folder on the way is looked at as well. */
async function refused(path: string, root: string): Promise<string | undefined> {
  const parts = path.split("/");
  for (let length = 1; length <= parts.length; length++) {
    const part = parts.slice(0, length).join("/");
    const stats = await lstat(join(root, part));
    if (length < parts.length && stats.isDirectory()) continue;
    const what = unusual(stats);
    if (what !== undefined) return `${part} is ${what}, and only regular files are read`;
    if (length < parts.length) return `${part} is a file, not a folder`;
  }
  const real = await realpath(join(root, path));
  const inside = dirname(real) === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
  return inside ? undefined : `${path} leads outside of the submission`;
}

/** At most one byte more than `limit`, or nothing where a file was replaced by something else meanwhile. */
async function readBytes(path: string, limit: number): Promise<Buffer | undefined> {
  // Windows has neither flag. Without O_NONBLOCK the opening of a named pipe would wait for ever.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(path, flags);
  try {
    if (!(await handle.stat()).isFile()) return undefined;
    const buffer = Buffer.alloc(limit + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.subarray(0, length);
  } finally {
    await handle.close();
  }
}

type Decoded = { ok: true; text: string } | { ok: false; because: string };

function decode(bytes: Buffer): Decoded {
  const mark = bytes.subarray(0, 2).toString("hex");
  if (mark === "fffe" || mark === "feff") {
    return { ok: false, because: "is encoded as UTF-16; save it again as UTF-8" };
  }
  if (bytes.includes(0)) {
    // Latin text in UTF-16 without a mark has a zero in every other byte.
    const zeros = bytes.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
    const wide = zeros > bytes.length / 3;
    return {
      ok: false,
      because: wide ? "looks like UTF-16; save it again as UTF-8" : "holds a NUL character",
    };
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { ok: true, text: text.startsWith("\uFEFF") ? text.slice(1) : text };
  } catch {
    const lines = bytes.toString("utf8").split("\uFFFD")[0]?.split("\n").length ?? 1;
    return { ok: false, because: `is not valid UTF-8 (line ${lines}); save it again as UTF-8` };
  }
}

/** The system's own code, as in `EACCES`: its message would show absolute paths. */
export function errorCode(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string")
    return error.code;
  return "unknown error";
}
