import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Matrix } from "ml-matrix";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { handedOutIn } from "../src/assignment/handed-out.ts";
import { RUBRIC } from "../src/assignment/rubric.ts";
import { matrices, networkCases } from "./fixtures.ts";

const STARTER = fileURLToPath(new URL("../../starter/", import.meta.url));
const SOLUTION = fileURLToPath(new URL("../../solutions/correct/course/", import.meta.url));

const read = (folder: string, file: string) => readFileSync(join(folder, file), "utf8");

/** The handout's code samples, each a module of its own beside `dropout.ts`. */
const samples = [...read(STARTER, "README.md").matchAll(/^```ts\n(.*?)^```$/gms)].map(
  ([, code = ""], index) => ({ path: join(STARTER, "src", `sample-${index + 1}.ts`), code }),
);

function parseTsconfig(): ts.ParsedCommandLine {
  const { config, error } = ts.readConfigFile(join(STARTER, "tsconfig.json"), (path) =>
    ts.sys.readFile(path),
  );
  expect(error).toBeUndefined();
  return ts.parseJsonConfigFileContent(config, ts.sys, STARTER);
}

/** What the compiler says about the starter together with these modules, as the student would see it. */
function complaints(modules: readonly { path: string; code: string }[]): string[] {
  const { fileNames, options } = parseTsconfig();
  const disk = ts.createCompilerHost(options);
  const virtual = new Map(modules.map(({ path, code }) => [path, code]));
  const host: ts.CompilerHost = {
    ...disk,
    readFile: (path) => virtual.get(path) ?? disk.readFile(path),
    fileExists: (path) => virtual.has(path) || disk.fileExists(path),
    getSourceFile: (path, ...rest) => {
      const code = virtual.get(path);
      if (code === undefined) return disk.getSourceFile(path, ...rest);
      return ts.createSourceFile(path, code, ts.ScriptTarget.ES2022);
    },
  };
  const program = ts.createProgram([...fileNames, ...virtual.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      (found) =>
        `${found.file?.fileName}: ${ts.flattenDiagnosticMessageText(found.messageText, "\n")}`,
    );
}

describe("the handout", () => {
  test("its code samples compile together with the starter", () => {
    expect(samples.length).toBeGreaterThanOrEqual(3);
    expect(complaints(samples)).toEqual([]);
  });

  test("a sample that does not compile would be reported", () => {
    const code = 'import { predict } from "./dropout.ts";\npredict(1, 2);\n';
    const path = join(STARTER, "src", "wrong.ts");
    expect(complaints([{ path, code }])).toEqual([expect.stringContaining("wrong.ts")]);
  });

  test("its marks are those of the rubric", () => {
    const rows = read(STARTER, "README.md").matchAll(
      /^\| (?:forward|backward|predict)? *\| \*\*.*\| +(\d+) \|$/gm,
    );
    expect([...rows].map(([, points]) => Number(points))).toEqual(RUBRIC.map((row) => row.points));
  });

  test("it names no file that is not there", () => {
    const named = new Set(read(STARTER, "README.md").match(/src\/[a-z]+\.ts/g));
    // A file of the student's own, in "Trying it out".
    named.delete("src/try.ts");
    expect(named.size).toBe(4);
    for (const file of named) expect(read(STARTER, file)).not.toBe("");
  });
});

describe("the unwritten starter", async () => {
  // Not a literal, so that this project's stricter compiler leaves the starter's unused names alone.
  const path = join(STARTER, "src", "dropout.ts");
  const starter = (await import(
    path
  )) as typeof import("../../solutions/correct/course/src/dropout.ts");

  const [first] = networkCases;
  if (first === undefined) throw new Error("no network case among the fixtures");
  const { X, Y, parameters, keep_prob, expected } = first.fixture;
  const x = new Matrix(X);
  const weights = matrices(parameters);
  const cache = matrices(expected.cache);

  test.each([
    [
      "forward, step 1: draw the mask D1",
      () => starter.forward_propagation_with_dropout(x, weights, keep_prob),
    ],
    [
      "backward, step 1: apply the mask D2 to dA2",
      () => starter.backward_propagation_with_dropout(x, new Matrix(Y), cache, keep_prob),
    ],
    ["predict: the label of each example", () => starter.predict(x, weights)],
  ])("says what is missing: %s", (step, call) => {
    expect(call).toThrow(
      expect.objectContaining({ name: "NotWrittenYet", message: `Not written yet: ${step}` }),
    );
  });
});

describe("the course's solution", () => {
  test.each(["src/helpers.ts", "src/types.ts"])("has the starter's %s", (file) => {
    expect(read(SOLUTION, file)).toBe(read(STARTER, file));
  });

  test("is the starter with the blanks filled, and nothing else changed", () => {
    expect(withoutBlanks(read(SOLUTION, "src/dropout.ts"))).toBe(
      withoutBlanks(read(STARTER, "src/dropout.ts")),
    );
    expect(read(SOLUTION, "src/dropout.ts")).not.toContain("todo");
  });
});

/** The given part of `dropout.ts`: without what stands between the marks, and without `todo`. */
function withoutBlanks(text: string): string {
  const blanks = /(YOUR CODE STARTS HERE)[^]*?(YOUR CODE ENDS HERE)/g;
  expect(text.match(blanks)).toHaveLength(5);
  return text.replace(blanks, "$1 $2").replace(/^import .*todo.*\n/m, "");
}

test("the helpers are known as handed out, and dropout.ts is not", () => {
  const file = (path: string) => ({
    path,
    text: read(STARTER, path),
    sha256: createHash("sha256").update(read(STARTER, path)).digest("hex"),
  });
  const files = ["src/dropout.ts", "src/helpers.ts"].map(file);
  expect([...handedOutIn({ files })]).toEqual(["src/helpers.ts"]);
});
