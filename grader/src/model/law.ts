/** How something depends on keep_prob. */

/** How a share or a ratio depends on keep_prob, over all the calls that measured it. */
export type Law =
  | "keep"
  | "drop"
  | "normal"
  | "one"
  | "zero"
  | "inverse-keep"
  | "inverse-drop"
  | "inverse-keep-squared"
  | "empirical"
  | "constant"
  | "unmeasured"
  | "other";

export interface LawFit {
  law: Law;
  /** For `constant`: which. */
  value?: number;
  example?: LawExample;
}

/** A call in which the law shows, away from keep_prob = 1 where possible. */
export interface LawExample {
  keep_prob: number;
  found: number;
  isPart?: boolean; // found for some units, and not for all
}
