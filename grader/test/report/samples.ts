import { RUBRIC } from "../../src/assignment/rubric.ts";
import type { Graded } from "../../src/model/grader.ts";
import type { CheckResult, Finding, Report } from "../../src/model/report.ts";
import type { CheckId } from "../../src/model/rubric.ts";
import type { Look } from "../../src/report/reporter.ts";

/** A terminal without colours, 80 columns wide. */
export const PLAIN: Look = { width: 80, color: false, unicode: true, several: false, again: [] };

const SOURCE = `import { Matrix } from "ml-matrix";
import { linear, relu, sigmoid } from "./helpers.js";

export function forward_propagation_with_dropout(X, parameters, keep_prob, rng = Math.random) {
  const Z1 = linear(parameters.W1, X, parameters.b1);
  const D1 = mask(Z1, keep_prob, rng);
\tconst A1 = Matrix.mul(relu(Z1), D1);

  return { A3: sigmoid(Z1), cache: { Z1, D1, A1 } };
}
`;

export const UNSCALED: Finding = {
  id: "forward-no-scale",
  kind: "essential",
  check: "forward.scaled",
  title: "What survives dropout is not scaled by 1/keep_prob",
  what:
    "With keep_prob = 0.8 the units that survive in A1 are 1.0000 × relu(Z1); 1/keep_prob is 1.25. " +
    "The mean of A1 fell from 0.7312 to 0.5839.",
  why:
    "Without the scale, the next layer reads activations that are smaller in training than in prediction, " +
    "where nothing is dropped: the network is used in another state than the one it was trained in.",
  next: "What would you have to do to A1, after the mask, so that its expected value stays what it was?",
  location: { file: "src/dropout.ts", line: 7, column: 13, endLine: 7, endColumn: 37 },
  docs: "https://example.org/dropout-grader/docs/misconceptions/forward-no-scale.md",
};

export const FRESH_MASK: Finding = {
  id: "backward-fresh-mask",
  kind: "essential",
  check: "backward.mask-reuse",
  title: "Backward draws a new mask",
  what: "backward_propagation_with_dropout drew 54 numbers; dA1 is zero in 21 places where D1 is not.",
  why: "The units that were silent in forward have no part in the loss.",
  next: "Which value in the cache says what was dropped?",
  docs: "https://example.org/dropout-grader/docs/misconceptions/backward-fresh-mask.md",
};

export const SCALED_MASKS: Finding = {
  id: "scaled-masks",
  kind: "informative",
  check: "forward.mask",
  title: "The masks hold 0 and 1/keep_prob",
  what: "D1 holds 0 and 1.25. This is a well-known style and right.",
  why: "",
  next: "",
  docs: "https://example.org/dropout-grader/docs/notes.md",
};

/** Check results: passed, but for those named. */
export function checksWith(other: Partial<Record<CheckId, Partial<CheckResult>>>): CheckResult[] {
  return RUBRIC.map(({ id, title, points }) => {
    const change = other[id];
    const earned = change?.status === undefined || change.status === "passed" ? points : 0;
    return { id, title, points: earned, maxPoints: points, status: "passed", ...change };
  });
}

/** A report with nothing wrong, but for what is named. */
export function reportWith(other: Partial<Report>): Report {
  const checks = other.checks ?? checksWith({});
  return {
    reportVersion: 1,
    grader: "0.1.0",
    seed: "7f3a91c2",
    submission: { path: "alice", files: [{ path: "src/dropout.ts", sha256: "ab".repeat(32) }] },
    status: "graded",
    score: checks.reduce((sum, check) => sum + check.points, 0),
    maxScore: 100,
    checks,
    findings: [],
    console: "",
    ...other,
  };
}

/** The report, with the source that its findings point into. */
export function gradedWith(other: Partial<Report>, text = SOURCE): Graded {
  return {
    report: reportWith(other),
    files: [{ path: "src/dropout.ts", text, sha256: "ab".repeat(32) }],
  };
}

export const TWO_MISTAKES = gradedWith({
  checks: checksWith({
    "forward.scaled": { status: "failed" },
    "backward.mask-reuse": { status: "failed" },
    "backward.scaled": { status: "blocked", blockedBy: "backward.mask-reuse" },
  }),
  findings: [UNSCALED, FRESH_MASK, SCALED_MASKS],
  console: "A1 is\nMatrix { … }\n",
});

export const UNGRADABLE = gradedWith({
  status: "ungradable",
  checks: checksWith({ "predict.labels": { status: "faulted" } }),
  findings: [
    {
      ...UNSCALED,
      id: "grader-fault",
      check: "predict.labels",
      what: "Cannot read properties of undefined",
    },
  ],
});

export const NOT_STARTED = gradedWith({
  score: 0,
  checks: checksWith(
    Object.fromEntries(
      RUBRIC.map(({ id }) => [id, { status: "blocked", blockedBy: "not-started" }]),
    ),
  ),
  findings: [
    {
      ...UNSCALED,
      id: "not-started",
      check: "forward.mask",
      title: "Forward is not written yet",
      what: "It stops at: forward, step 1: draw the mask D1.",
      next: "Begin with step 1 in src/dropout.ts: draw the mask D1. Then run the grader again.",
      location: { file: "src/dropout.ts", line: 6, column: 3, endLine: 6, endColumn: 10 },
    },
    {
      ...UNSCALED,
      id: "not-started",
      check: "backward.mask-reuse",
      title: "Backward is not written yet",
      what: "It stops at: backward, step 1: apply the mask D2.",
    },
  ],
});
