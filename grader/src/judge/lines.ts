/** Places as keys. */

import type { Location } from "../model/submission.ts";

/** The line that a place begins in. */
export function lineKey({ file, line }: Location): string {
  return `${file}:${line}`;
}

/** Places are asked for theirs once for each value of a trace. */
const known = new WeakMap<Location, string>();

/** The whole span of a place. */
export function locationKey(location: Location): string {
  const key = known.get(location) ?? spanOf(location);
  known.set(location, key);
  return key;
}

function spanOf({ file, line, column, endLine, endColumn }: Location): string {
  return `${file}:${line}:${column}-${endLine}:${endColumn}`;
}
