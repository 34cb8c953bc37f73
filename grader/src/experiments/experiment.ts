import type { PlotOptions } from "@observablehq/plot";
import type { Network, Random } from "./network.ts";

/** One picture of a page. */
export interface Chart {
  caption: string;
  options: PlotOptions;
}

/** What an experiment found. */
export interface Findings {
  /** Numbers, each line at most 78 columns. */
  lines: string[];
  charts: Chart[];
}

/** What an experiment is run with. */
export interface Lab {
  network: Network;
  /** Seeded: the same numbers in every run. */
  random: Random;
  /** Says how far a long experiment is. */
  progress(done: number, total: number): void;
}

/** One doubt, and how to try it out. */
export interface Experiment {
  name: string;
  /** What is done, in a few words for the list. */
  what: string;
  /** The doubt, in the handout's words. */
  doubt: string;
  /** The sentence that answers it. */
  answer: string;
  run(lab: Lab): Promise<Findings>;
}

/** `label` and a number in one column, for the lines. */
export function numberLine(label: string, value: number, digits = 4): string {
  return `${label.padEnd(52)}${value.toFixed(digits).padStart(12)}`;
}
