/** Submissions for the tests, made of text. */

import type { Submission } from "../../src/model/submission.ts";

/** A submission of files given by path; the first is the entry. */
export function submissionOf(files: Record<string, string>): Submission {
  const list = Object.entries(files).map(([path, text]) => ({ path, text, sha256: "" }));
  return { path: "student", entry: list[0]?.path ?? "", files: list };
}

/** One file, `src/dropout.ts`. */
export function oneFile(text: string): Submission {
  return submissionOf({ "src/dropout.ts": text });
}

/** The three functions, empty but for what is given. */
export function withBodies(bodies: {
  top?: string;
  forward?: string;
  backward?: string;
  predict?: string;
}): string {
  return `${bodies.top ?? ""}
export function forward_propagation_with_dropout(X: any, parameters: any, keep_prob: number, rng: () => number = Math.random): any {
  ${bodies.forward ?? ""}
}
export function backward_propagation_with_dropout(X: any, Y: any, cache: any, keep_prob: number): any {
  ${bodies.backward ?? ""}
}
export function predict(X: any, parameters: any): any {
  ${bodies.predict ?? ""}
}
`;
}
