import type { Random } from "../random.ts";
import type { Edit, View } from "./view.ts";

/** One place where a rule can be applied: all of its edits, or none. */
export type Site = (random: Random) => Edit[];

/** One kind of rewriting inside a file. It leaves what the program computes as it is. */
export interface Rule {
  kind: string;
  sites(view: View): Site[];
}
