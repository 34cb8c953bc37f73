import { parse } from "csv-parse/sync";

/** One line of a roster: what it says, under which headings. */
export interface RosterRow {
  id: string;
  name: string;
  path?: string;
  /** Everything that may name this student elsewhere. */
  keys: readonly string[];
  columns: Readonly<Record<string, string>>;
}

/** Headings that are understood, the most particular first; upper and lower case do not matter. */
const ID = ["id", "student_id", "student id", "identifier", "username", "github_username", "login"];
const MORE_KEYS = [
  "sis user id",
  "sis login id",
  "email",
  "email address",
  "id number",
  "roster_identifier",
];
const NAME = ["name", "full name", "student", "student name"];
const PATH = ["path", "folder", "directory", "repository", "repo"];

/** Rows that Canvas puts among the students. */
const NO_STUDENT = /^\s*(points possible|student, test)\b/iu;

/** A roster that cannot be used, in one sentence. */
export class RosterProblem extends Error {
  override name = "RosterProblem";
}

/** Reads a CSV with headings: our own, Canvas' gradebook export, Moodle's grading worksheet. @throws RosterProblem */
export function readRoster(text: string): RosterRow[] {
  const rows = parseRows(text);
  const headings = Object.keys(rows[0] ?? {});
  const find = (known: readonly string[]): string | undefined =>
    known.flatMap((word) => headings.filter((heading) => heading.trim().toLowerCase() === word))[0];
  const [id, name, path] = [find(ID), find(NAME), find(PATH)];
  if (id === undefined)
    throw new RosterProblem(
      `it has no column for an id. Headings that are understood: ${ID.join(", ")}; found: ${headings.join(", ") || "none"}.`,
    );
  const keys = [id, ...MORE_KEYS.flatMap((word) => find([word]) ?? [])];
  const read = rows
    .filter((row) => !NO_STUDENT.test(row[name ?? id] ?? ""))
    .map((columns): RosterRow => {
      const own = bare(columns[id] ?? "");
      const where = path === undefined ? "" : (columns[path] ?? "").trim();
      return {
        id: own,
        name: (name === undefined ? "" : columns[name]?.trim()) || own,
        ...(where === "" ? {} : { path: where }),
        keys: keys.map((key) => bare(columns[key] ?? "")).filter((key) => key !== ""),
        columns,
      };
    })
    .filter((row) => row.id !== "");
  const double = read.find((row, i) => read.findIndex((other) => other.id === row.id) !== i);
  if (double !== undefined)
    throw new RosterProblem(`the id ${JSON.stringify(double.id)} is there twice.`);
  return read;
}

/** Moodle writes `Participant 1234567` where its downloads have the number alone. */
function bare(cell: string): string {
  return cell.trim().replace(/^participant\s+(?=\d+$)/iu, "");
}

function parseRows(text: string): Record<string, string>[] {
  try {
    return parse(text, {
      bom: true,
      columns: true,
      skip_empty_lines: true,
      delimiter: [",", ";", "\t"],
    });
  } catch (error) {
    throw new RosterProblem(error instanceof Error ? error.message : String(error));
  }
}
