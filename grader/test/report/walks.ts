import fc from "fast-check";
import { FUNCTION_NAMES } from "../../src/model/submission.ts";
import type { Walk, WalkStep } from "../../src/model/walk.ts";
import type { Graded } from "../../src/model/grader.ts";
import { TWO_MISTAKES, gradedWith } from "./samples.ts";

/** A forward pass that masks and does not scale. */
export const UNSCALED_PROGRAM = `import { Matrix } from "ml-matrix";
import { linear, relu, sigmoid } from "./helpers.js";

const cut = (A, D) => Matrix.mul(A, D);

export function forward_propagation_with_dropout(X, parameters, keep_prob, rng = Math.random) {
  const { W1, b1, W2, b2 } = parameters;

  const Z1 = linear(W1, X, b1);
  let A1 = relu(Z1);
  const D1 = Matrix.zeros(A1.rows, A1.columns);
  for (let i = 0; i < A1.rows; i++)
    for (let j = 0; j < A1.columns; j++) D1.set(i, j, rng() < keep_prob ? 1 : 0);
  A1 = cut(A1, D1);
  const Z2 = linear(W2, A1, b2);
  // A remark of
  // several lines
  // that nobody
  // has to see again.
  const A2 = relu(Z2), A3 = sigmoid(Z2);

  return { A3, cache: { Z1, D1, A1, Z2, A2, A3 } };
}
`;

type Short = [
  line: number,
  name: string | undefined,
  words: string,
  standing: WalkStep["standing"],
];

function steps(rows: readonly Short[], entries: Record<number, string>): WalkStep[] {
  const lines = UNSCALED_PROGRAM.split("\n");
  return rows.map(([line, name, words, standing]) => {
    const text = lines[line - 1] ?? "";
    const location = {
      ...{ file: "src/dropout.ts", line, column: text.length - text.trimStart().length + 1 },
      ...{ endLine: line, endColumn: text.length + 1 },
    };
    const entry = standing === "diverges" ? entries[line] : undefined;
    return {
      ...{ location, words, standing },
      ...(name === undefined ? {} : { name }),
      ...(entry === undefined ? {} : { entry }),
    };
  });
}

/** What the judge would say of it: the first value that is off, and those that follow from it. */
export const UNSCALED_WALK: Walk = {
  function: "forward_propagation_with_dropout",
  keep_prob: 0.6,
  steps: steps(
    [
      [9, "Z1", "Z1", "right"],
      [10, "A1", "relu(Z1)", "right"],
      [11, "D1", "nothing that the network computes", "unknown"],
      [13, "D1", "the mask of layer 1", "right"],
      [4, undefined, "relu(Z1)∘D1", "right"],
      [
        14,
        "A1",
        "relu(Z1)∘D1; expected also / keep_prob: 1.0000 × instead of 1.6667 ×",
        "diverges",
      ],
      [15, "Z2", "W2·A1 + b2, from the A1 above", "wrong"],
      [20, "A2", "relu(Z2), from the Z2 above", "wrong"],
      [20, "A3", "sigmoid(Z2), from the Z2 above", "wrong"],
    ],
    { 14: "A1[0, 2] is 0.5123, expected 0.8538" },
  ),
  pictures: [
    {
      title: "D1",
      rows: [
        [1, 0, 1, 1, 0],
        [0, 1, 1, 1, 1],
        [1, 1, 1, 0, 1],
      ],
    },
    {
      title: "A1, what the next layer reads",
      rows: [
        [0.4, 0, 0.5123, 0, 0],
        [0, 0.81, 0.9, 1.2, 0.02],
        [0.1, 0, 1.9, 0, 0.77],
      ],
    },
  ],
  cut: false,
};

export const BACKWARD_WALK: Walk = {
  function: "backward_propagation_with_dropout",
  keep_prob: 0.6,
  steps: [],
  pictures: [],
  cut: true,
};

export const WALKED: Graded = gradedWith(
  { ...TWO_MISTAKES.report, walks: [UNSCALED_WALK, BACKWARD_WALK] },
  UNSCALED_PROGRAM,
);

/** A place in a real file or a strange one, up to these lines. */
export const placeOf = (
  text: fc.Arbitrary<string>,
  { line, endLine }: { line: number; endLine: number },
) =>
  fc.record({
    file: fc.oneof(text, fc.constant("src/dropout.ts")),
    line: fc.integer({ min: 1, max: line }),
    column: fc.integer({ min: 1, max: 200 }),
    endLine: fc.integer({ min: 1, max: endLine }),
    endColumn: fc.integer({ min: 1, max: 200 }),
  });

const step = (text: fc.Arbitrary<string>): fc.Arbitrary<WalkStep> =>
  fc.record(
    {
      location: placeOf(text, { line: 12, endLine: 40 }),
      name: text,
      words: text,
      standing: fc.constantFrom("right", "diverges", "wrong", "unknown"),
      entry: text,
    },
    { requiredKeys: ["location", "words", "standing"] },
  );

/** Any walk, with `text` wherever a walk has text. */
export function walkOf(text: fc.Arbitrary<string>): fc.Arbitrary<Walk> {
  const row = fc.array(
    fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(0)),
    {
      maxLength: 30,
    },
  );
  return fc.record(
    {
      function: fc.constantFrom(...FUNCTION_NAMES),
      keep_prob: fc.constantFrom(0.3, 0.6, 1),
      steps: fc.array(step(text), { maxLength: 8 }),
      pictures: fc.array(fc.record({ title: text, rows: fc.array(row, { maxLength: 15 }) }), {
        maxLength: 3,
      }),
      cut: fc.boolean(),
    },
    { requiredKeys: ["function", "steps", "pictures", "cut"] },
  );
}
