/** Who is in a class, and what each has handed in. */

import { copyFile, mkdir, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { readDownloadName } from "./downloads.ts";
import type { Download } from "./downloads.ts";
import type { RosterRow } from "./roster.ts";
import type { ClassList, Student } from "./student.ts";

export interface Search {
  /** The class's folder. */
  home: string;
  /** Paths to take instead of the folder's subfolders, relative to it. */
  picked?: readonly string[];
  roster?: readonly RosterRow[];
  /** Where single files of a download are put together again, one folder for each student. */
  staging: string;
}

/** The students by id, in an order that does not depend on the machine. */
export async function findStudents(search: Search): Promise<ClassList> {
  const found = search.picked === undefined ? await findInside(search) : picked(search.picked);
  const { students, remarks } =
    search.roster === undefined ? found : await match(found, search.roster, search.home);
  // A roster has an order of its own.
  if (search.roster !== undefined) return { students, remarks };
  return {
    students: students.toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id))),
    remarks,
  };
}

function picked(paths: readonly string[]): ClassList {
  const students = paths.map((where) => student(where, where));
  return { students, remarks: [] };
}

function student(id: string, where: string, name = id): Student {
  return { id, name, path: where, columns: {} };
}

/** Folders that are nobody's. */
const NOBODYS = /^(?:\.|__MACOSX$|node_modules$)/u;

async function findInside({ home, staging }: Search): Promise<ClassList> {
  const entries = (await readdir(home, { withFileTypes: true })).filter(
    ({ name }) => !NOBODYS.test(name),
  );
  const students: Student[] = [];
  const loose = new Map<string, { download: Download; files: string[] }>();
  const strange: string[] = [];
  for (const { name, ...entry } of entries.map((e) => ({ name: e.name, isFile: e.isFile() }))) {
    const download = readDownloadName(name, !entry.isFile);
    if (!entry.isFile) {
      const where = download === undefined ? name : await insideDownload(home, name);
      students.push(student(download?.id ?? name, where, download?.name));
    } else if (download?.file === undefined) strange.push(name);
    else {
      const group = loose.get(download.id) ?? { download, files: [] };
      group.files.push(name);
      loose.set(download.id, group);
    }
  }
  for (const { download, files } of loose.values()) {
    const where = await stage({ home, staging, download, files });
    const own = student(download.id, where, download.name);
    students.push({ ...own, shownAs: files.toSorted()[0] ?? download.id });
  }
  return { students: unique(students), remarks: remarksOn(strange) };
}

function remarksOn(strange: readonly string[]): string[] {
  const archives = strange.filter((name) => /\.(zip|tar|t?gz|7z|rar)$/iu.test(name));
  return archives.map(
    (name) => `${name} is packed and was left out: unpack it into a folder of its own.`,
  );
}

/** What an LMS took apart is not the student's doing: the file may lie at the top, or one folder down. */
async function insideDownload(home: string, folder: string): Promise<string> {
  const names = await readdir(path.join(home, folder)).catch((): string[] => []);
  const inner = names.filter((name) => !NOBODYS.test(name));
  for (const name of ["", ...inner]) {
    const where = path.join(folder, name);
    if (await isFile(path.join(home, where, "src/dropout.ts"))) return where;
  }
  for (const name of ["", ...inner]) {
    const where = path.join(folder, name, "dropout.ts");
    if (await isFile(path.join(home, where))) return where;
  }
  return folder;
}

interface Loose {
  home: string;
  staging: string;
  download: Download;
  files: readonly string[];
}

/**
 * Files that lie beside other students' files get a folder of their own, under the names that the
 * student gave them: nobody can import a neighbour's, and helper files are found again.
 */
async function stage({ home, staging, download, files }: Loose): Promise<string> {
  const folder = path.join(staging, download.id);
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.join(folder, "src"), { recursive: true });
  for (const name of files.toSorted()) {
    const own = readDownloadName(name, false)?.file;
    if (own !== undefined)
      await copyFile(path.join(home, name), path.join(folder, "src", path.basename(own)));
  }
  const [only] = files;
  const isAlone = files.length === 1 && only?.endsWith(".ts") === true;
  const file = readDownloadName(only ?? "", false)?.file;
  // A file that was handed in alone counts under whatever name it has.
  return path.relative(
    home,
    isAlone && file !== undefined ? path.join(folder, "src", path.basename(file)) : folder,
  );
}

/** Two downloads of one person, as after a second upload: the ids are told apart. */
function unique(students: readonly Student[]): Student[] {
  const seen = new Map<string, number>();
  return students.map((one) => {
    const before = seen.get(one.id) ?? 0;
    seen.set(one.id, before + 1);
    return before === 0 ? one : { ...one, id: `${one.id}#${before + 1}` };
  });
}

/** The roster says who is in the class; what was found says who handed in. */
async function match(
  found: ClassList,
  roster: readonly RosterRow[],
  home: string,
): Promise<ClassList> {
  const free = new Map(found.students.map((one) => [one.id, one]));
  const students: Student[] = [];
  for (const row of roster) {
    const { id, name, columns } = row;
    const own = row.path === undefined ? ownOf(row, free) : free.get(path.normalize(row.path));
    const named = row.path === undefined ? own?.path : await existing(home, row.path);
    if (own !== undefined) free.delete(own.id);
    const shown = own?.shownAs === undefined ? {} : { shownAs: own.shownAs };
    students.push({ id, name, columns, ...(named === undefined ? {} : { path: named, ...shown }) });
  }
  const left = [...free.values()].map(({ id }) => `${id} is not on the roster and was left out.`);
  return { students, remarks: [...found.remarks, ...left] };
}

/** Upper and lower case matter only where it takes them to tell two students apart. */
function ownOf({ keys }: RosterRow, free: ReadonlyMap<string, Student>): Student | undefined {
  const exact = keys.find((key) => free.has(key));
  if (exact !== undefined) return free.get(exact);
  const wanted = new Set(keys.map((key) => key.toLowerCase()));
  const near = [...free.values()].filter(({ id }) => wanted.has(id.toLowerCase()));
  return near.length === 1 ? near[0] : undefined;
}

async function existing(home: string, where: string): Promise<string | undefined> {
  const isThere = await stat(path.resolve(home, where)).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== "ENOENT" && error.code !== "ENOTDIR",
  );
  return isThere ? where : undefined;
}

async function isFile(file: string): Promise<boolean> {
  return await stat(file).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
