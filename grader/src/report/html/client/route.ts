/** What the address says after `#`: one student's page, perhaps with a line of a file. */

export interface Route {
  student?: number;
  /** File and line, as `linkTo` writes them. */
  place?: string;
}

/** `#s=12` is the student at 12; `#s=12&l=0.7` is line 7 of that student's first file. */
export function parseRoute(hash: string): Route {
  const [, student, place] = /^#s=(\d+)(?:&l=(\d+\.\d+))?$/u.exec(hash) ?? [];
  if (student === undefined) return {};
  return { student: Number(student), ...(place === undefined ? {} : { place }) };
}

export function linkTo({ student, place }: Route): string {
  if (student === undefined) return "#";
  return place === undefined ? `#s=${student}` : `#s=${student}&l=${place}`;
}
