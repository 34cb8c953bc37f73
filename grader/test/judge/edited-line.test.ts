/** A right program with one edit: the finding and the walk mark the line that was edited. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { correctPrograms } from "../../../bench/accuracy/corpus.ts";
import { ENTRY, writeProgram } from "../../../bench/accuracy/program.ts";
import { RUBRIC } from "../../src/assignment/rubric.ts";
import { limitsSchema } from "../../src/model/limits.ts";
import type { CheckId } from "../../src/model/rubric.ts";

// The built grader: its worker is a file of its own.
const { openGrader } = (await import(
  new URL("../../dist/grade.js", import.meta.url).href
)) as typeof import("../../src/grade.ts");

const points = Object.fromEntries(RUBRIC.map((r) => [r.id, r.points])) as Record<CheckId, number>;
// Time limits are not what is tested here, and machines differ.
const limits = limitsSchema.parse({ callMs: 20_000, totalMs: 300_000 });
const grader = openGrader({ limits, points, walk: true });
const originals = new Map(correctPrograms().map((one) => [one.id.replace("correct--", ""), one]));

let scratch = "";
beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), "edited-line-"));
});
afterAll(async () => {
  await grader.close();
  await rm(scratch, { recursive: true, force: true });
});

interface Edit {
  why: string;
  program: string;
  file?: string;
  from: string;
  to: string;
  /** Every call of the function failed: there is nothing to walk through. */
  isUnwalked?: true;
}

const EDITS: readonly Edit[] = [
  {
    why: "a mask of ones is to blame, not what it is multiplied with",
    program: "course",
    from: "D2 = map(D2, (u) => (u < keep_prob ? 1 : 0));",
    to: "D2 = map(D2, (u) => (1));",
  },
  {
    why: "a literal is right in a call with that very keep_prob",
    program: "tabs-and-no-semicolons",
    from: "const dA1 = W2.transpose().mmul(dZ2).mul(D1).div(keep_prob)",
    to: "const dA1 = W2.transpose().mmul(dZ2).mul(D1).div(0.8)",
  },
  {
    why: "Z3 reads past the dropout",
    program: "d2-before-d1",
    from: "const Z3 = Matrix.add(W3.mmul(A2),",
    to: "const Z3 = Matrix.add(W3.mmul(Z2),",
  },
  {
    why: "the share of one layer is that of the call which draws its mask",
    program: "mixed-representations",
    from: "const D1 = draw(Z1.rows, Z1.columns, keep_prob, rng);",
    to: "const D1 = draw(Z1.rows, Z1.columns, (1 - keep_prob), rng);",
  },
  {
    why: "a loop that runs past the end stops in its body",
    program: "layers-in-folders",
    file: "src/math/map.ts",
    from: "for (let i = 0; i < M.rows; i++) {",
    to: "for (let i = 0; i <= M.rows; i++) {",
  },
  {
    why: "a loop that never runs spoils whatever its helper is for",
    program: "validated-arguments",
    from: "for (let i = 0; i < M.rows; i++) {",
    to: "for (let i = 0; i > M.rows; i++) {",
    // Masks of zeros make zeros right in forward, and predict asks forward: no walk gets as far.
    isUnwalked: true,
  },
  {
    why: "a ReLU that hands back what it is given",
    program: "flat-draw-then-reshape",
    from: "const relu = (z: Matrix) => elementwise(z, (v) => (v > 0 ? v : 0));",
    to: "const relu = (z: Matrix) => elementwise(z, (v) => (v));",
  },
  {
    why: "the first value that is no number",
    program: "unicode-names",
    from: "const α2 = W3.transpose().mmul(δ3).mul(D2).div(ρ);",
    to: "const α2 = W3.transpose().mmul(δ3).div(D2).div(ρ);",
  },
  {
    why: "in single precision, what is right so far is not quite the same",
    program: "single-precision",
    from: "return A3.map((row) => row.map((p) => (p > 0.5 ? 1 : 0)));",
    to: "return A3.map((row) => row.map((p) => (p > 0.5 ? 2 : 0)));",
  },
  {
    why: "a factor that is wrong where it gets its name",
    program: "camel-case-wrappers",
    from: "const boost = 1 / keepProb;",
    to: "const boost = 1 / (1 - keepProb);",
  },
  {
    why: "a helper that could not even begin was called with the wrong things",
    program: "hasty",
    from: "let A1 = ap(Z1, rl)",
    to: "let A1 = ap(rl, Z1)",
  },
  {
    why: "a matrix of the cache under a name whose shape it has not",
    program: "masks-drawn-first",
    from: "const Z3 = lin(W3, A2, b3);",
    to: "const Z3 = W3;",
  },
  {
    why: "a name with a shape that its quantity never has, before a stop",
    program: "example-by-example",
    from: "const da1 = pull(W2, dz2, cache.D1.getColumn(e));",
    to: "const da1 = W2;",
    isUnwalked: true,
  },
  {
    why: "an assignment of a variable to itself",
    program: "binomial-helper",
    from: 'dA1 = Matrix.mul(dA1, cache["D1"]);',
    to: "dA1 = dA1;",
  },
  {
    why: "a helper that does not do what it is called for",
    program: "helpers-with-ts-extension",
    file: "src/coins.ts",
    from: "return M.div(p);",
    to: "return M;",
  },
  {
    why: "a loop that always leaves out the last row of what its helper returns",
    program: "layers-in-folders",
    file: "src/math/map.ts",
    from: "for (let i = 0; i < M.rows; i++) {",
    to: "for (let i = 0; i < M.rows - 1; i++) {",
  },
  {
    why: "a loop that went through as many rows as are right",
    program: "dead-units-marked-zero",
    from: "for (let i = 0; i < dA2.rows; i++) {",
    to: "for (let i = 0; i < dA2.rows - 1; i++) {",
  },
  {
    why: "a helper that made the shape that it was asked for",
    program: "unused-third-draw",
    from: "drawMask(layer.W.rows, X.columns, keep_prob, rng)",
    to: "drawMask(layer.W.rows, X.rows, keep_prob, rng)",
    isUnwalked: true,
  },
  {
    why: "what is handed on at the end of a function was changed before",
    program: "no-coin-for-dead-units",
    from: "A.set(i, j, z / keep_prob);",
    to: "A.set(i, j, z / (1 - keep_prob));",
  },
  {
    why: "a mask that stays as it began is filled in a loop",
    program: "get-set-loops",
    from: "D1.set(i, j, 1);",
    to: "D1.set(i, j, 0);",
  },
  {
    why: "a function for one number, which had the right one",
    program: "factory",
    from: "1 / (1 + Math.exp(-z));",
    to: "1 / (1 - Math.exp(-z));",
  },
  {
    why: "a helper that had the right matrix, and is as wrong each time",
    program: "demo-at-the-top-level",
    file: "src/helpers.ts",
    from: 'Matrix.columnVector(A.sum("row"))',
    to: 'Matrix.columnVector(A.sum("column"))',
  },
  {
    why: "a gradient that was put away under another key",
    program: "params-as-array",
    from: 'grads["dA" + (l - 1)] = dA;',
    to: 'grads["dA"] = dA;',
  },
  {
    why: "a loop over the layers that never runs",
    program: "twelve-draws-a-coin",
    from: "for (let l = 3; l >= 1; l--) {",
    to: "for (let l = 3; l < 1; l--) {",
  },
  {
    why: "something that cannot be taken apart",
    program: "defaults-and-destructuring",
    from: "const [dW2, db2] = slopes({ dZ: dZ2, A: A1 });",
    to: "const [dW2, db2] = { dZ: dZ2, A: A1 };",
    isUnwalked: true,
  },
  {
    why: "a number that is written there, and not one that is so by chance",
    program: "m-folded-loss-gradient",
    from: "D.get(i, j) ? dA.get(i, j) / keep_prob : 0",
    to: "D.get(i, j) ? dA.get(i, j) / 0.5 : 0",
  },
  {
    why: "another gradient under the name of this one",
    program: "get-set-loops",
    from: "dW3: weightGrad(dZ3, A2)",
    to: "dW3: dZ3",
  },
  {
    why: "what was made before Z1 had its name is Z1",
    program: "extra-gradient-keys",
    from: "pointwise((z) => (z > 0 ? z / keep_prob : 0), cache.Z1).mul(cache.D1);",
    to: "pointwise((z) => (z / keep_prob), cache.Z1).mul(cache.D1);",
  },
  {
    why: "a function that is called like a method which copies",
    program: "twelve-draws-a-coin",
    from: "(z.get(k, j) > 0 ? dA.get(k, j) : 0)",
    to: "(dA.get(k, j))",
  },
  {
    why: "a program that is right with shapes of its own",
    program: "bias-in-the-weights",
    from: "Matrix.zeros(M.rows, M.columns);",
    to: "Matrix.zeros(M.columns, M.columns);",
    isUnwalked: true,
  },
  {
    why: "layers that lost the same units: where the mask of the other one is applied",
    program: "d2-before-d1",
    from: "const A2 = Matrix.div(Matrix.mul(relu(Z2), D2), keep_prob);",
    to: "const A2 = Matrix.div(Matrix.mul(relu(Z2), D1), keep_prob);",
  },
  {
    why: "a loop over the layers that ends before the last",
    program: "d2-before-d1",
    from: "for (let l = 1; l <= 3; l++)",
    to: "for (let l = 1; l <= 3 - 1; l++)",
  },
  {
    why: "what a variable got, not what is made of it",
    program: "numbered-runs",
    from: "const A1 = relu(linear(W1, X, b1));",
    to: "const A1 = relu(W1);",
  },
  {
    why: "a variable that got another quantity for one layer",
    program: "old-style-var",
    from: 'below = l == 1 ? X : cache["A" + (l - 1)];',
    to: "below = X;",
  },
  {
    why: "a variable that was filled with the wrong numbers",
    program: "m-folded-loss-gradient",
    from: "(-(y / a) + (1 - y) / (1 - a))",
    to: "((y / a) + (1 - y) / (1 - a))",
  },
  {
    why: "a step on the way that nobody knows",
    program: "cross-entropy-chain",
    from: "+ (1 - Y.get(i, j)) / (1 - A3.get(i, j))",
    to: "+ (0 - Y.get(i, j)) / (1 - A3.get(i, j))",
  },
  {
    why: "a function that gives the same number for all",
    program: "result-with-getters",
    file: "src/helpers.ts",
    from: "(z > 0 ? 1 : 0)",
    to: "(z > 0 ? 1 : 1)",
  },
  {
    why: "a variable for what should be made is another one",
    program: "cache-computed-by-a-class",
    from: "const dZ2 = Matrix.mul(dA2, reluDerivative(cache.Z2));",
    to: "const dZ2 = dA2;",
  },
  {
    why: "a shape that a helper was asked for",
    program: "mask-before-relu",
    from: "randomMask(Z1.rows, Z1.columns,",
    to: "randomMask(Z1.columns, Z1.columns,",
  },
  {
    why: "a last step that hands back what it got",
    program: "binomial-helper",
    from: "return s.pow(-1);",
    to: "return s.pow(1);",
  },
  {
    why: "a field that both drops and scales",
    program: "getters",
    from: "this.keep_prob = keep_prob;",
    to: "this.keep_prob = (1 - keep_prob);",
  },
  {
    why: "an object that was made with the wrong rate",
    program: "layers-in-folders",
    from: "new Dropout(keep_prob);",
    to: "new Dropout((1 - keep_prob));",
  },
  {
    why: "a factor that was there before the last step",
    program: "sum-of-outer-products",
    from: "total = Matrix.add(total, dZ.getColumnVector(i));",
    to: "total = Matrix.sub(total, dZ.getColumnVector(i));",
  },
  {
    why: "a function that is made in one call and called in another",
    program: "closures-for-backward",
    from: "back: (Y) => Matrix.sub(value, Y)",
    to: "back: (Y) => Matrix.sub(Y, value)",
  },
  {
    why: "what is no number, whatever else it leads to",
    program: "bom-and-crlf",
    from: "A2 = Matrix.mul(A2, D2);",
    to: "A2 = Matrix.div(A2, D2);",
  },
  {
    why: "one place for the activations of all layers",
    program: "params-as-array",
    from: "last ? 1 / (1 + Math.exp(-z)) : Math.max(z, 0)",
    to: "1 / (1 + Math.exp(-z))",
  },
  {
    why: "a part of 1 in the place of keep_prob, where its inverse is a whole number",
    program: "pipe-of-functions",
    from: "over(keep_prob),\n      keepIn(grads, `dA${l}`),",
    to: "over(0.5),\n      keepIn(grads, `dA${l}`),",
  },
];

test("what does nothing beside a mistake is not to blame for it", async () => {
  const original = originals.get("course");
  const text = original?.files.get(ENTRY);
  if (!original || text === undefined) throw new Error("There is no course.");
  const unscaled = text.replace("A1 = Matrix.div(A1, keep_prob);", "A1 = A1.clone();");
  const beside = unscaled.replace(
    "const A3 = sigmoid(Z3);",
    "$&\n  let q = X;\n  q = q;\n  for (let k = 0; k < 0; k++) q = A3;",
  );
  const linesOf = async (id: string, source: string) => {
    const files = new Map([...original.files, [ENTRY, source]]);
    const folder = await writeProgram(scratch, { id, files });
    const { findings } = (await grader.grade(folder, "beside")).report;
    return findings.map(({ location }) => location?.line);
  };
  expect(beside).not.toBe(unscaled);
  const lines = await linesOf("unscaled", unscaled);
  expect(lines).toEqual([expect.any(Number)]);
  expect(await linesOf("beside", beside)).toEqual(lines);
});

describe("the edited line is marked", () => {
  test.each(EDITS)("$why ($program)", async ({ program, file = ENTRY, from, to, isUnwalked }) => {
    const original = originals.get(program);
    const text = original?.files.get(file);
    if (!original || text === undefined) throw new Error(`There is no ${program}/${file}.`);
    const before = text.split(from)[0] ?? "";
    expect(before).not.toBe(text);
    const line = before.split("\n").length;
    const files = new Map([...original.files, [file, text.replace(from, () => to)]]);
    const folder = await writeProgram(scratch, { id: program, files });
    const { findings, walks = [] } = (await grader.grade(folder, "edited")).report;
    const marks = findings.map(({ location }) => `${location?.file}:${location?.line}`);
    expect(marks).toContain(`${file}:${line}`);
    const steps = walks.flatMap((walk) => walk.steps);
    const diverging = steps.filter(({ standing }) => standing === "diverges");
    const walked = diverging.map(({ location }) => `${location.file}:${location.line}`);
    if (isUnwalked !== true) expect(walked).toContain(`${file}:${line}`);
  });
});
