import type { Graded } from "../model/grader.ts";

/** How the terminal report may look. The machine's formats do not read it. */
export interface Look {
  /** Columns that a line may fill. */
  width: number;
  color: boolean;
  /** False where the terminal cannot show more than ASCII. */
  unicode: boolean;
  /** One submission of several: a short block instead of the whole report. */
  several: boolean;
  /** Words of the call, beside seed and path, that it takes to get this report again. */
  again: readonly string[];
}

/** For the machine's formats, which do not read it. */
export const MACHINE_LOOK: Look = {
  width: 80,
  color: false,
  unicode: true,
  several: false,
  again: [],
};

/** Text to write as it is, ending in a line break. Pure: the same values give the same bytes. */
export type Reporter = (graded: Graded, look: Look) => string;

/** What is said once at the end, about several submissions: `""` for nothing. */
export type Closing = (graded: readonly Graded[], look: Look) => string;
