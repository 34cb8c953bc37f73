import type { Layer } from "./measurement.ts";

/** What forward does in one call beside another: all of it undefined, or empty, where that was not seen. */
export interface AcrossCalls {
  /** Other draws, same inputs: did other units drop out? */
  fresh: boolean | undefined;
  /** Layers that lost the same units with other draws. */
  frozen: Layer[];
  /** Same draws, same inputs, with another call between: the same result? */
  repeatable: boolean | undefined;
  /** The same again after all other calls, `predict` among them. */
  steady: boolean | undefined;
  /** A program that has just started keeps the share that it should, in a call that did not after others. */
  rightAlone: { keep_prob: number; found: number; before: number } | undefined;
}
