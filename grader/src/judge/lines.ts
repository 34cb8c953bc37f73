/** Places as keys. */

import type { Location } from "../model/submission.ts";

/** The line that a place begins in. */
export function lineKey({ file, line }: Location): string {
  return `${file}:${line}`;
}

/** The whole span of a place. */
export function locationKey({ file, line, column, endLine, endColumn }: Location): string {
  return `${file}:${line}:${column}-${endLine}:${endColumn}`;
}
