import { describe, expect, test } from "vitest";
import type { SourceUse } from "../../src/model/program.ts";
import type { Submission } from "../../src/model/submission.ts";
import { compile } from "../../src/source/compile.ts";
import { oneFile, submissionOf, withBodies } from "./submissions.ts";

/** `detail [operands] < f b p`, where the letters are the functions that reach it. */
function shown({ detail, operands, reachedFrom, callee }: SourceUse): string {
  const what = callee === undefined ? detail : `${callee}(${detail})`;
  const parts = operands.length === 0 ? what : `${what} [${operands.join(" | ")}]`;
  return [parts, "<", ...reachedFrom.map((fn) => fn.charAt(0))].join(" ");
}

function usesOf(submission: Submission, kind: SourceUse["kind"]): string[] {
  const { facts, problems } = compile(submission);
  expect(problems).toEqual([]);
  return facts.uses.filter((use) => use.kind === kind).map(shown);
}

const one = (bodies: Parameters<typeof withBodies>[0]): Submission => oneFile(withBodies(bodies));

describe("random", () => {
  test.each<[string, Submission, string[]]>([
    [
      "rng itself, and an alias",
      one({ forward: "const draw = rng; return [rng() < 1, draw()];" }),
      ["rng < f", "draw < f"],
    ],
    [
      "a helper's parameter",
      one({
        top: "const coin = (next: () => number) => next();",
        forward: "coin(rng); coin(Math.random)",
      }),
      ["next < f", "Math.random < f"],
    ],
    [
      "Matrix.rand and Math.random",
      one({
        top: `import { Matrix } from "ml-matrix";`,
        forward: "Matrix.rand(2, 3, { random: rng })",
        predict: "return Math.random() < 0.8",
      }),
      ["Matrix.rand [2 | 3 | { random: rng }] < f", "Math.random < p"],
    ],
    [
      "handed to a function that is not the student's",
      one({ backward: "return Array.from({ length: 3 }, Math.random)" }),
      ["Math.random [{ length: 3 } | Math.random] < b"],
    ],
    [
      "a generator of the student's own",
      one({
        top: "let s = 1; function next() { s = (s * 16807) % 2147483647; return s / 2147483647; }",
        backward: "return next()",
      }),
      ["next < b"],
    ],
    [
      "a generator that a function makes",
      one({
        top: "function mulberry32(a: number) { return () => { a |= 0; a = (a + 0x6d2b79f5) | 0; return (Math.imul(a ^ (a >>> 15), 1 | a) >>> 0) / 4294967296; }; }\nconst draw = mulberry32(1);",
        forward: "return draw()",
      }),
      ["draw < f"],
    ],
    [
      "a normal distribution",
      one({
        top: "const randn = (u: () => number) => Math.sqrt(-2 * Math.log(u()));",
        forward: "return randn(rng) < keep_prob",
      }),
      ["u < f", "randn [rng] < f"],
    ],
    [
      "a field",
      one({
        top: "class Drop { constructor(private rng: any) {} mask() { return this.rng() } }",
        forward: "return new Drop(rng).mask()",
      }),
      ["this.rng < f"],
    ],
    [
      "a mask drawn beside the functions",
      one({
        top: `import { Matrix } from "ml-matrix";\nconst D1 = Matrix.rand(2, 3);`,
        forward: "return D1",
      }),
      ["Matrix.rand [2 | 3] < f"],
    ],
    [
      "a counter is no generator",
      one({
        top: "let calls = 0; const count = () => { calls++; return calls; };",
        forward: "return count() % 2",
      }),
      [],
    ],
  ])("%s", (_name, submission, expected) => {
    expect(usesOf(submission, "random")).toEqual(expected);
  });
});

/** The line, from 1, of something about the first draw; the text begins with `top`. */
function lineOfDraw(
  bodies: Parameters<typeof withBodies>[0],
  what: (use: SourceUse) => { line: number } | undefined,
): string | undefined {
  const submission = one(bodies);
  const draw = compile(submission).facts.uses.find((use) => use.kind === "random");
  const place = draw && what(draw);
  return place && submission.files[0]?.text.split("\n")[place.line - 1]?.trim();
}

describe("what decides about a draw", () => {
  const guard = (use: SourceUse) => use.guard;
  test("a condition around it", () => {
    const forward = "for (let l = 1; l < 3; l++)\nif (l < 2)\nX.map(() => rng());";
    expect(lineOfDraw({ forward }, guard)).toBe("if (l < 2)");
  });

  test("a condition around the call of the helper that draws", () => {
    const top = "let D: any; const draw = (next: () => number) => [next()];";
    expect(lineOfDraw({ top, forward: "D ??=\ndraw(rng)" }, guard)).toBe("D ??=");
  });

  test("a return before it", () => {
    const top =
      "const known = new Map();\nfunction mask(next: () => number) {\nconst D = known.get(1);\nif (D) return D;\nreturn next();\n}";
    expect(lineOfDraw({ top, forward: "mask(rng)" }, guard)).toBe("if (D) return D;");
  });

  test("not keep_prob, nor the source itself", () => {
    const forward = "if (keep_prob < 1) X.map(() => rng()); if (rng) rng();";
    expect(lineOfDraw({ forward }, guard)).toBeUndefined();
  });

  test("helpers that call each other end", () => {
    const top =
      "function a(next: () => number): number { return b(next); }\nfunction b(next: () => number): number { next(); return a(next); }";
    expect(lineOfDraw({ top, forward: "a(rng)" }, guard)).toBeUndefined();
  });
});

describe("the loop around a draw", () => {
  const loop = (use: SourceUse) => use.loops?.[0];
  test("its head, the outermost", () => {
    const forward = "for (let i = 0; i < 1; i++)\nfor (let j = 0; j < 2; j++)\nrng();";
    expect(lineOfDraw({ forward }, loop)).toBe("for (let i = 0; i < 1; i++)");
  });

  test("its head, the innermost", () => {
    const forward = "for (let i = 0; i < 1; i++)\nfor (let j = 0; j < 2; j++)\nrng();";
    expect(lineOfDraw({ forward }, (use) => use.loops?.at(-1))).toBe("for (let j = 0; j < 2; j++)");
  });

  test("what leaves it in the first round", () => {
    const forward = "for (let i = 0; i < 9; i++) {\nrng();\nreturn 1;\n}";
    expect(lineOfDraw({ forward }, loop)).toBe("return 1;");
  });

  test("none", () => {
    expect(lineOfDraw({ forward: "X.map(() => rng())" }, loop)).toBeUndefined();
  });
});

test("each function's way to a draw is its own first call, or the draw", () => {
  const top = "const net = (p: number, next: () => number) => next() < p;";
  const forward = "net(keep_prob, rng)";
  const predict = "1;\nnet(0.8, Math.random)";
  const at = (
    fn: "forward_propagation_with_dropout" | "predict" | "backward_propagation_with_dropout",
  ) => lineOfDraw({ top, forward, predict }, (use) => use.entries?.[fn]);
  expect(at("forward_propagation_with_dropout")).toContain("net(keep_prob, rng)");
  expect(at("predict")).toContain("net(0.8, Math.random)");
  expect(at("backward_propagation_with_dropout")).toBeUndefined();
});

test("a generator that is started with a number", () => {
  const top =
    "function mulberry32(a: number) { return () => { a |= 0; a = (a + 0x6d2b79f5) | 0; return (Math.imul(a ^ (a >>> 15), 1 | a) >>> 0) / 4294967296; }; }";
  const forward = "np.random.seed(3); const draw = mulberry32(7); mulberry32(X); return draw()";
  expect(usesOf(one({ top, forward }), "seed")).toEqual([
    "np.random.seed [3] < f",
    "mulberry32 [7] < f",
  ]);
});

describe("keep_prob", () => {
  test.each<[string, Submission, string[]]>([
    [
      "in operators and calls",
      one({ forward: "return [rng() < keep_prob, X.div(keep_prob)]" }),
      ["rng() < keep_prob < f", "X.div(keep_prob) < f"],
    ],
    [
      "under another name",
      one({ forward: "const p = keep_prob; const scale = 1 / p; return X.mul(scale)" }),
      ["p = keep_prob < f", "1 / p < f", "X.mul(scale) < f"],
    ],
    [
      "as the rate of dropping",
      one({
        top: "const mask = (rate: number, u: number) => u >= rate;",
        forward: "return mask(1 - keep_prob, rng())",
      }),
      ["u >= rate < f", "1 - keep_prob < f"],
    ],
    [
      "by position, whatever its name",
      oneFile(
        withBodies({ forward: "return X / q" }).replace("keep_prob: number, rng", "q: number, rng"),
      ),
      ["X / q < f"],
    ],
    [
      "as a constant",
      one({ top: "const KEEP_PROB = 0.8;", predict: "return X.mul(KEEP_PROB)" }),
      ["X.mul(KEEP_PROB) < p"],
    ],
    [
      "as a field and an option",
      one({
        top: "class Layer { constructor(private share: number) {} run(A: any) { return A / this.share } }\nconst drop = ({ k }: any, A: any) => A * k;",
        forward: "return new Layer(keep_prob).run(drop({ k: keep_prob }, X))",
      }),
      ["A / this.share < f", "A * k < f", "new Layer(keep_prob) < f", "k: keep_prob < f"],
    ],
    [
      "not what other calls hand on",
      one({
        top: "const times = (A: any, s: number) => A * s;",
        forward: "return times(times(X, 1 / keep_prob), X.columns)",
      }),
      ["1 / keep_prob < f"],
    ],
    [
      "but a plain number beside it is the same thing",
      one({
        top: "const times = (A: any, s: number) => A * s;",
        forward: "return times(X, keep_prob)",
        predict: "return times(X, 1)",
      }),
      ["A * s < f p", "times(X, keep_prob) < f"],
    ],
  ])("%s", (_name, submission, expected) => {
    expect(usesOf(submission, "keep-prob")).toEqual(expected);
  });
});

test("operators, methods and loops", () => {
  const submission = one({
    top: `import { Matrix } from "ml-matrix";\nimport * as np from "./np.ts";`,
    forward:
      "for (let i = 0; i < 3; i++) { X *= i; X /= 2; } return Matrix.mul(X, D1).div(keep_prob).mmul(X)",
    backward: "return np.multiply(X, Y).lt(1)",
    predict: "return X.get(0, 0) > 0.5 ? 1 : 0",
  });
  const files = {
    "src/dropout.ts": `declare const D1: any;\n${submission.files[0]?.text ?? ""}`,
    "src/np.ts": "export const multiply = (a: any, b: any) => a * b;",
  };
  const whole = submissionOf(files);
  expect(usesOf(whole, "multiply")).toEqual([
    "*= [X | i] < f",
    "Matrix.mul [X | D1] < f",
    "np.multiply [X | Y] < b",
    "* [a | b] < b",
  ]);
  expect(usesOf(whole, "divide")).toEqual(
    [".div [Matrix.mul(X, D1) | keep_prob] < f", "/= [X | 2] < f"].toReversed(),
  );
  expect(usesOf(whole, "compare")).toEqual([
    ".lt [np.multiply(X, Y) | 1] < b",
    "> [X.get(0, 0) | 0.5] < p",
  ]);
});

test("reads of the masks, not writes", () => {
  const submission = one({
    forward: "const cache: any = { D1: 1 }; cache.D2 = 2; return { A3: X, cache }",
    backward: `const { D1, D2: second } = cache; for (const l of [1, 2]) X.mul(cache["D" + l]); return [cache.D1, cache["D2"], cache[\`D\${1}\`], D1, second]`,
  });
  expect(usesOf(submission, "mask-read")).toEqual([
    "D1 < b",
    "D2 < b",
    `"D" + l < b`,
    "D1 < b",
    "D2 < b",
    "`D${1}` < b",
  ]);
});

test("calls between the functions, with the keep_prob they are given", () => {
  const submission = one({
    top: "const plain = (X: any, p: any) => forward_propagation_with_dropout(X, p, 1.0);",
    forward: "return X",
    predict: "return [plain(X, parameters), forward_propagation_with_dropout(X, parameters, 0.8)]",
  });
  expect(usesOf(submission, "call")).toEqual([
    "forward_propagation_with_dropout(1.0) < p",
    "forward_propagation_with_dropout(0.8) < p",
  ]);
});

describe("what a function reaches", () => {
  test.each<[string, Submission, string[]]>([
    [
      "closures that a factory returns are kept apart",
      oneFile(`function make() {
  function f(X: any, p: any, keep_prob: number, rng: any) { return rng() < keep_prob }
  const b = (X: any) => X;
  return { f, backward_propagation_with_dropout: b, predict(X: any) { return X } };
}
const net = make();
export const forward_propagation_with_dropout = net.f;
export const { backward_propagation_with_dropout, predict } = net;`),
      ["rng < f"],
    ],
    [
      "a method of the same name in a class that is not used",
      one({
        top: "class Drop { apply(rng: any) { return rng() } }",
        forward: "return new Drop().apply(rng)",
        backward: "return X.apply((x: any) => x)",
      }),
      ["rng < f"],
    ],
    [
      "a method by way of the parent class",
      one({
        top: "class Base { draw(rng: any) { return rng() } } class Net extends Base {}\nconst net = new Net();",
        backward: "return net.draw(Math.random)",
      }),
      ["rng < b", "Math.random < b"],
    ],
    [
      "other files, renamed on the way",
      submissionOf({
        "src/dropout.ts": `import { coin as toss } from "./a";\nimport * as b from "./b.js";\n${withBodies({ forward: "return toss(rng)", predict: "return b.unused" })}`,
        "src/a.ts": `export { flip as coin } from "./b";`,
        "src/b.ts": "export const flip = (rng: any) => rng();\nexport const unused = 1;",
      }),
      ["rng < f"],
    ],
    [
      "a function that is handed on",
      one({ top: "const step = () => Math.random();", predict: "return [1].map(step)" }),
      ["Math.random < p"],
    ],
  ])("%s", (_name, submission, expected) => {
    expect(usesOf(submission, "random")).toEqual(expected);
  });
});

test("where the functions are, and what their parameters are called", () => {
  const { functions } = compile(
    oneFile(
      withBodies({}).replace("predict(X: any, parameters: any): any {", "predict(\n  X: any,\n) {"),
    ),
  ).facts;
  expect(functions.forward_propagation_with_dropout?.parameters).toEqual([
    "X",
    "parameters",
    "keep_prob",
    "rng",
  ]);
  expect(functions.predict).toEqual({
    parameters: ["X"],
    location: { file: "src/dropout.ts", line: 8, column: 17, endLine: 10, endColumn: 2 },
  });
});
