import pc from "picocolors";
import type { Look } from "../reporter.ts";

/** The few colours and marks of the terminal report. A mark never stands without words beside it. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  notice(text: string): string;
  marks: {
    passed: string;
    failed: string;
    blocked: string;
    faulted: string;
    bar: string;
    cut: string;
    /** Not as it should be, after something else was not. */
    after: string;
    /** Lines are left out. */
    skip: string;
  };
  /** A matrix as a picture: an entry that is not zero, and one that is. */
  pixels: { there: string; zero: string };
}

const UNICODE_MARKS: Paint["marks"] = {
  passed: "✓",
  failed: "✗",
  blocked: "○",
  faulted: "!",
  bar: "│",
  cut: "…",
  after: "~",
  skip: "…",
};
const ASCII_MARKS: Paint["marks"] = {
  passed: "+",
  failed: "x",
  blocked: "o",
  faulted: "!",
  bar: "|",
  cut: "~",
  after: "-",
  skip: ":",
};

export function paintFor(look: Look): Paint {
  const colors = pc.createColors(look.color);
  return {
    bold: colors.bold,
    dim: colors.dim,
    good: colors.green,
    bad: colors.red,
    notice: colors.yellow,
    marks: look.unicode ? UNICODE_MARKS : ASCII_MARKS,
    pixels: look.unicode ? { there: "■", zero: "·" } : { there: "#", zero: "." },
  };
}
