import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Walk, WalkStep } from "../../src/model/walk.ts";
import { anonymousClassPage, submissionPage } from "../../src/report/html/page.ts";
import { reporters } from "../../src/report/index.ts";
import { reveal } from "../../src/report/reveal.ts";
import { heldIn, walkedFiles } from "../../src/report/walk/lines.ts";
import { pictureRows, pictureWords } from "../../src/report/walk/picture.ts";
import { callOf, verdictOn } from "../../src/report/walk/words.ts";
import { PLAIN } from "./samples.ts";
import { BACKWARD_WALK, UNSCALED_PROGRAM, UNSCALED_WALK, WALKED, walkOf } from "./walks.ts";

const FILE = { path: "src/dropout.ts", text: UNSCALED_PROGRAM, sha256: "" };
const SIGNS = { there: "#", zero: ".", width: 80 };

function walkWith(other: Partial<Walk>): Walk {
  return { ...UNSCALED_WALK, ...other };
}

function stepAt(line: number, other: Partial<WalkStep> & { file?: string; endLine?: number } = {}) {
  const { file = "src/dropout.ts", endLine = line, ...rest } = other;
  const location = { file, line, column: 1, endLine, endColumn: 2 };
  return { location, words: `value of ${line}`, standing: "right" as const, ...rest };
}

const numbersOf = (steps: WalkStep[]) =>
  walkedFiles(walkWith({ steps }), [FILE]).map(({ path, lines }) => [
    path,
    lines.map(({ number }) => number),
  ]);

describe("the lines that are shown", () => {
  test.each([
    ["short gaps are filled", [stepAt(9), stepAt(13)], [9, 10, 11, 12, 13]],
    ["longer ones are not", [stepAt(9), stepAt(14)], [9, 14]],
    ["a statement of several lines is whole", [stepAt(6, { endLine: 8 })], [6, 7, 8]],
    ["a long one is begun", [stepAt(1, { endLine: 24 })], [1, 2, 3, 4, 5, 6]],
    ["in the order of the text", [stepAt(14), stepAt(13)], [13, 14]],
    ["none past the end", [stepAt(24, { endLine: 9999 })], [24]],
  ])("%s", (_, steps, expected) => {
    expect(numbersOf(steps)).toEqual([["src/dropout.ts", expected]]);
  });

  test("file after file as the call came to them, also where a text is not at hand", () => {
    const steps = [stepAt(2, { file: "src/b.ts" }), stepAt(9), stepAt(7, { file: "src/b.ts" })];
    expect(numbersOf(steps)).toEqual([
      ["src/b.ts", [2, 7]],
      ["src/dropout.ts", [9]],
    ]);
  });

  test("what is none of the network's quantities has no line", () => {
    expect(numbersOf([stepAt(9, { standing: "unknown" })])).toEqual([]);
  });
});

describe("the values of a line", () => {
  const words = (steps: WalkStep[]) =>
    heldIn("src/dropout.ts", walkWith({ steps }))
      .get(9)
      ?.map((held) => held.words);

  test("stand in the order in which they were computed, each once", () => {
    const twice = [stepAt(9, { words: "b" }), stepAt(9, { words: "a" }), stepAt(9, { words: "b" })];
    expect(words(twice)).toEqual(["b", "a"]);
  });

  test("are not too many, and the divergence is among them", () => {
    const many = Array.from({ length: 50 }, (_, i) => stepAt(9, { words: `${i}` }));
    const last = stepAt(9, { words: "off", standing: "diverges" });
    expect(words([...many, last])).toEqual(["0", "1", "2", "3", "4", "5", "off"]);
  });
});

describe("in words", () => {
  test.each([
    [UNSCALED_WALK, "The first value that is not as it should be is at line 14."],
    [walkWith({ steps: [] }), "No value of this call could be recognised."],
    [
      walkWith({ steps: [stepAt(3), stepAt(7, { file: "src/b.ts", standing: "diverges" })] }),
      "The first value that is not as it should be is at line 7 of src/b.ts.",
    ],
    [
      walkWith({ steps: [stepAt(3)] }),
      "Every value that could be recognised is as it should be in this call: the findings say where else to look.",
    ],
  ])("case %#", (walk, expected) => {
    expect(verdictOn(walk)).toBe(expected);
  });

  test("a recording that was cut says so", () => {
    expect(verdictOn(BACKWARD_WALK)).toContain("what came later is missing here");
  });

  test("predict has no keep_prob", () => {
    const { keep_prob: _, ...walk } = walkWith({ function: "predict" });
    expect(callOf(walk)).toBe("`predict`, one call");
  });
});

describe("pictures", () => {
  test("zeros are dots, also negative ones; what is no number is said", () => {
    const picture = {
      title: "A1",
      rows: [
        [0, -0, 0.1],
        [-3, Number.NaN, 0],
      ],
    };
    expect(pictureRows(picture, SIGNS)).toEqual([". . #", "# ? ."]);
    expect(pictureWords(picture)).toBe("A1: 3 of 6 entries are zero");
  });

  test("are cut to what fits", () => {
    const rows = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => 1));
    const shown = pictureRows({ title: "A1", rows }, { ...SIGNS, width: 9 });
    expect(shown).toHaveLength(12);
    expect(shown[0]).toBe("# # # # #");
  });
});

describe("on the terminal", () => {
  const lineByLine = (look: typeof PLAIN) => {
    const shown = reporters.terminal.report(WALKED, look);
    return shown.slice(shown.indexOf("Line by line"), shown.indexOf("Your program printed"));
  };

  test.each([80, 50])("%i columns", async (width) => {
    await expect(lineByLine({ ...PLAIN, width })).toMatchFileSnapshot(
      `snapshots/walk-${width}.txt`,
    );
  });

  test("in ASCII, with colours", async () => {
    const shown = reporters.terminal.report(WALKED, { ...PLAIN, color: true, unicode: false });
    const escaped = shown.replaceAll("\u001B", "ESC");
    const part = escaped.slice(escaped.indexOf("Line by line"), escaped.indexOf("Your program"));
    await expect(part).toMatchFileSnapshot("snapshots/walk-colored-ascii.txt");
  });

  test("nothing is said where the report has no walk", () => {
    const { walks: _, ...report } = WALKED.report;
    expect(reporters.terminal.report({ ...WALKED, report }, PLAIN)).not.toContain("Line by line");
  });
});

test("the page holds the walk, and the anonymous page does not", () => {
  const secret = "relu(Z1)\\u2218D1; expected also";
  const plain = "relu(Z1)∘D1; expected also";
  const page = submissionPage(WALKED, PLAIN);
  expect(page.includes(secret) || page.includes(plain)).toBe(true);
  const scope = { grader: "0.1.0", assignment: "Dropout", checks: [], maxScore: 100 };
  const outcome = { kind: "graded" as const, graded: WALKED };
  const pieces = anonymousClassPage(scope);
  const nameless =
    pieces.open + pieces.entry({ id: "a", name: "a", columns: {}, outcome }) + pieces.close();
  expect(nameless).not.toContain("expected also");
  expect(nameless).not.toContain("0.5123");
});

test.each(["nothing", "category", "measured"] as const)("reveal %s shows no walk", (level) => {
  expect(reveal(WALKED, level).report).not.toHaveProperty("walks");
});

test("the divergence is shown at its line, whatever the walk", () => {
  const words = fc.constantFrom("A", "b c", "`x`", "界");
  fc.assert(
    fc.property(walkOf(words), (walk) => {
      const first = walk.steps.find(({ standing }) => standing === "diverges");
      const shown = walkedFiles(walk, [FILE]).flatMap(({ path, lines }) =>
        lines.flatMap(({ number, held }) =>
          held.filter(({ standing }) => standing === "diverges").map(() => `${path}:${number}`),
        ),
      );
      if (first === undefined) expect(shown).toEqual([]);
      else expect(shown).toContain(`${first.location.file}:${first.location.line}`);
    }),
  );
});
