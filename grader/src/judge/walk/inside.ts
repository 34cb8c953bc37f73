/** Places within places. */

import type { Location } from "../../model/submission.ts";
import { locationKey } from "../lines.ts";

/** It is a part of the other, and not all of it. */
export function isInside(inner: Location, outer: Location): boolean {
  if (locationKey(inner) === locationKey(outer) || inner.file !== outer.file) return false;
  const isAfter =
    inner.line > outer.line || (inner.line === outer.line && inner.column >= outer.column);
  const isBefore =
    inner.endLine < outer.endLine ||
    (inner.endLine === outer.endLine && inner.endColumn <= outer.endColumn);
  return isAfter && isBefore;
}
