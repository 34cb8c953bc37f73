/** What is said about a walk as a whole. */

import type { Walk } from "../../model/walk.ts";

/** What the signs beside the lines stand for; a sign never stands without them. */
export const STANDING_WORDS = {
  right: "as it should be",
  diverges: "the first that is not",
  wrong: "off as well, after it",
} as const;

/** Which call was read along with. */
export function callOf(walk: Walk): string {
  const given = walk.keep_prob === undefined ? "" : ` with keep_prob = ${walk.keep_prob}`;
  return `\`${walk.function}\`, one call${given}`;
}

/** Where it first goes wrong, and whether something is missing. */
export function verdictOn(walk: Walk): string {
  const cut = walk.cut
    ? " The call computed more than is recorded: what came later is missing here."
    : "";
  return `${whereItLeaves(walk)}${cut}`;
}

function whereItLeaves({ steps }: Walk): string {
  const known = steps.filter(({ standing }) => standing !== "unknown");
  const first = known.find(({ standing }) => standing === "diverges");
  if (first !== undefined) {
    const { file, line } = first.location;
    const isElsewhere = file !== known[0]?.location.file;
    return `The first value that is not as it should be is at line ${line}${isElsewhere ? ` of ${file}` : ""}.`;
  }
  if (known.length === 0) return "No value of this call could be recognised.";
  return "Every value that could be recognised is as it should be in this call: the findings say where else to look.";
}
