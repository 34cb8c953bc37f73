import fc from "fast-check";
import { RUBRIC } from "../../src/assignment/rubric.ts";
import { limitsSchema } from "../../src/model/limits.ts";
import { reportSchema } from "../../src/model/report.ts";
import type { CheckId } from "../../src/model/rubric.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { openGraderOn } from "../../src/grade.ts";
import type { Grader } from "../../src/model/grader.ts";
import type { Sandbox } from "../../src/model/session.ts";
import { submissionFolder } from "./submission-folder.ts";
import { defineFuzzer, insist } from "./fuzzer.ts";
import type { Fuzzer } from "./fuzzer.ts";

/** What is done to a value that is right, in the student's own language. */
const CHANGES = [
  "v",
  "undefined",
  "null",
  "NaN",
  "0",
  "1",
  "'1'",
  "10n",
  "[]",
  "{}",
  "[[]]",
  "() => v",
  "Promise.resolve(v)",
  "v.to2DArray()",
  "v.to1DArray()",
  "v.transpose()",
  "v.to2DArray().map(String)",
  "v.to2DArray().map((r) => Float32Array.from(r))",
  "v.to2DArray().map((r) => r.map((x) => x > 0))",
  "map(v, (x) => -x)",
  "map(v, (x) => x * 2)",
  "map(v, (x) => x + 1e-9)",
  "map(v, () => NaN)",
  "map(v, () => Infinity)",
  "map(v, () => 0)",
  "map(v, () => 1e300)",
  "map(v, () => 5e-324)",
  "map(v, (x) => -0 * x)",
  "map(v, Math.round)",
  "map(v, () => rng())",
  "v.subMatrix(0, 0, 0, 0)",
  "new Matrix(v.rows + 1, v.columns)",
  "new Matrix(v.rows, v.columns + 1)",
  "new Matrix(0, 0)",
  "v.to2DArray().slice(1)",
  "v.to2DArray().map((r, i) => r.slice(i))",
  "[v]",
  "({ v })",
] as const;
const KEYS = [
  "A3",
  "cache",
  "Z1",
  "D1",
  "A1",
  "W1",
  "b1",
  "Z2",
  "D2",
  "A2",
  "W2",
  "b2",
  "Z3",
  "W3",
  "b3",
  "dZ3",
  "dW3",
  "db3",
  "dA2",
  "dZ2",
  "dW2",
  "db2",
  "dA1",
  "dZ1",
  "dW1",
  "db1",
  "extra",
] as const;

interface Case {
  fn: "forward" | "backward" | "predict";
  changes: { key: string; to: string; how: "set" | "delete" | "sometimes" }[];
}

const cases: fc.Arbitrary<Case> = fc.record({
  fn: fc.constantFrom("forward", "backward", "predict"),
  changes: fc.array(
    fc.record({
      key: fc.constantFrom(...KEYS),
      to: fc.constantFrom(...CHANGES),
      how: fc.constantFrom("set", "set", "delete", "sometimes"),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

/** The functions' own names, so that an argument may be called `rng` in all of them. */
function codeOf({ fn, changes }: Case): string {
  const lines = changes.map(({ key, to, how }) => {
    if (fn === "predict") return `result = change(result, (v) => ${to});`;
    const at = `(("${key}" in result) ? result : (result.cache ?? result))`;
    if (how === "delete") return `delete ${at}["${key}"];`;
    const when = how === "sometimes" ? "if (turn++ % 2 === 0) " : "";
    return `${when}${at}["${key}"] = change(${at}["${key}"], (v) => ${to});`;
  });
  return lines.join("\n");
}

/** Whatever a function returns, the judge has an opinion and the report is whole. */
export function resultFuzzer(workerUrl: URL): Fuzzer {
  const folder = submissionFolder();
  let sandbox: Sandbox | undefined;
  let grader: Grader | undefined;
  return defineFuzzer({
    name: "results",
    promise: "every result was judged, and cost no other function a mark",
    cases,
    check: async (one: Case) => {
      sandbox ??= openSandbox({ workerUrl });
      grader ??= openGraderOn(sandbox, {
        limits: limitsSchema.parse({ callMs: 5000, graceMs: 5000, totalMs: 120_000 }),
        points: Object.fromEntries(RUBRIC.map((row) => [row.id, row.points])) as Record<
          CheckId,
          number
        >, // RUBRIC has a row for every check
      });
      folder.write(one.fn, codeOf(one));
      const { report } = await grader.grade(folder.path, "fuzz");
      insist(reportSchema.safeParse(report).success, "the report is not one");
      insist(report.status === "graded", "the grader failed in a check");
      for (const { id, points, maxPoints } of report.checks) {
        // Backward's gradients are held against the student's own forward pass.
        const related =
          id.startsWith(one.fn) || (one.fn === "forward" && id.startsWith("backward"));
        insist(related || points === maxPoints, `${one.fn} cost marks in ${id}`);
      }
      for (const { what } of report.findings) {
        insist(!/\[object|(?:undefined|NaN) ×/u.test(what), `words without sense: ${what}`);
      }
    },
    close: async () => {
      await sandbox?.close();
      folder.remove();
    },
  });
}
