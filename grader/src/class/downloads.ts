/** The names that Canvas and Moodle give to what they let a teacher download. */

/** A file or folder of a download, told apart by its name. */
export interface Download {
  id: string;
  name: string;
  /** The student's own name of the file; nothing for a folder. */
  file?: string;
}

/** `doejane_LATE_1234_56789_dropout.ts`, or `anon_x7Kq2_56789_dropout.ts`. */
const CANVAS = /^(?<name>.+?)_(?:LATE_)?(?<id>\d+)_\d+_(?<file>.+)$/u;
const CANVAS_ANONYMOUS = /^anon_(?:LATE_)?(?<id>[A-Za-z0-9]+)_\d+_(?<file>.+)$/u;

/** `Jane Doe_1234567_assignsubmission_file_` is a folder; with a name after it, a file. */
const MOODLE = /^(?<name>.+?)_(?<id>\d+)_assignsubmission_file(?:_(?<file>.*))?$/u;

/** Canvas numbers a file that was handed in again: `dropout-1.ts`. */
const AGAIN = /-\d+(?=\.[^.]+$)/u;

/** What a name says, or nothing where it is neither Canvas' nor Moodle's. */
export function readDownloadName(name: string, isFolder: boolean): Download | undefined {
  const moodle = MOODLE.exec(name)?.groups;
  if (moodle !== undefined) {
    const download = { id: moodle["id"] ?? "", name: moodle["name"] ?? "" };
    if (isFolder) return download;
    return moodle["file"] ? { ...download, file: moodle["file"] } : undefined;
  }
  if (isFolder) return undefined;
  const anonymous = CANVAS_ANONYMOUS.exec(name)?.groups;
  const canvas = anonymous ?? CANVAS.exec(name)?.groups;
  if (canvas === undefined) return undefined;
  const id = canvas["id"] ?? "";
  const file = (canvas["file"] ?? "").replace(AGAIN, "");
  return { id, name: anonymous === undefined ? (canvas["name"] ?? "") : `anon ${id}`, file };
}
