import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Grader } from "../../src/model/grader.ts";
import { CORPUS } from "./corpus.ts";
import { COURSE, marksOf, openTestGrader, SEED } from "./grade.ts";

/** Right in one function and wrong in another, so that marks could move both ways. */
const UNSCALED = join(COURSE, "../../wrong/forward-no-scale/course-without-step-4");

let grader: Grader;
beforeAll(() => {
  grader = openTestGrader();
});
afterAll(() => grader.close());

let folder: string;
let alone: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "beside-"));
  cpSync(UNSCALED, folder, { recursive: true });
  alone = marksOf(await grader.grade(folder, SEED));
});
afterEach(() => rmSync(folder, { recursive: true }));

const entry = (): string => join(folder, "src/dropout.ts");

/** The marks, and findings without what is only said about further exports. */
async function marks(): Promise<string[]> {
  return marksOf(await grader.grade(folder, SEED));
}

/** What stands inside of `predict` in a hostile submission: it runs only if somebody calls it. */
function bodyOf(text: string): string {
  return (
    /export (?:async )?function\*? pr.?.?edict\([^\n]*\n([\s\S]*?)\n\}\n/u.exec(text)?.[1] ?? ""
  );
}

const BODIES = CORPUS.filter(({ expected }) => expected.attacks.join() === "predict")
  .map(({ name, text }) => ({ name, body: bodyOf(text) }))
  // Imports by a computed name and `require` are refused wherever they stand.
  .filter(({ body }) => body !== "" && !/\b(?:import|require)\(|\byield\b/u.test(body));

test("there are hostile functions to add", () => {
  expect(BODIES.length).toBeGreaterThan(40);
});

test("all hostile functions together, exported beside the three, change no mark", async () => {
  const text = readFileSync(entry(), "utf8");
  const added = BODIES.map(
    ({ body }, i) => `export function hostile${i}(X: any, parameters: any): any {
const [relu, linear, sigmoid, map, watched, calls]: any[] = [];\n${body}\n}`,
  );
  // In parts, as one file may be no larger than 64 KiB.
  const helpers = added.map((one, i) => ({ file: `hostile${i}.ts`, one }));
  const head = 'import { Matrix } from "ml-matrix";\nclass Liar extends Matrix {}\n';
  for (const group of [helpers.slice(0, 25), helpers.slice(25, 50), helpers.slice(50)]) {
    const code = group.map(({ one }) => one.replaceAll("calls += 1;", "")).join("\n");
    writeFileSync(join(folder, "src/hostile.ts"), `${head}${code}`);
    writeFileSync(entry(), `export * from "./hostile.ts";\n${text}`);
    expect(await marks()).toEqual(alone);
  }
});

describe("any text", () => {
  const PIECES = [
    "export const more = 1;",
    "export default {};",
    "export function helper() { for (;;); }",
    "export class Extra { static keep = 1; }",
    "export enum Kind { One }",
    "let state = 0;",
    "console.log('100 of 100 points');",
    "(globalThis as any).score = 100;",
    "(Object.prototype as any).score = 100;",
    "(Array.prototype as any).findings = [];",
    "Promise.resolve().then(() => { throw new Error('late'); });",
    "Promise.reject(new Error('unhandled'));",
    "void new Error().stack;",
    "// ::error::x",
    "/* \u202E ##[error] */",
    "JSON.stringify = () => '{}';",
    "Math.random = () => 0;",
    "Symbol.for('x');",
    "Object.freeze(Object.prototype);",
    "0, eval('var hidden = 1');",
    "\u2028;",
    "void `${'x'.repeat(1000)}`;",
  ];
  const piece = fc.oneof(
    fc.constantFrom(...PIECES),
    fc.string({ unit: "binary", maxLength: 60 }).map((text) => `void ${JSON.stringify(text)};`),
  );

  test("as a further statement at the end leaves the marks", async () => {
    const text = readFileSync(entry(), "utf8");
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(piece, { minLength: 1, maxLength: 6 }), async (pieces) => {
        writeFileSync(entry(), `${text}\n${pieces.join("\n")}\n`);
        const found = await marks();
        expect(found.filter((line) => !line.includes(" note-"))).toEqual(alone);
      }),
      { numRuns: 12, seed: 20_140_615 },
    );
  });

  test("as a further file that nothing imports leaves the marks", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 400 }), async (content) => {
        writeFileSync(join(folder, "src/other.ts"), content);
        writeFileSync(join(folder, "src/dropout.js"), content);
        writeFileSync(join(folder, "dropout.ts"), content);
        expect(await marks()).toEqual(alone);
      }),
      { numRuns: 6, seed: 20_140_615 },
    );
  });
});

describe("A, B, A", () => {
  /** One of each kind of end, and what tries to leave something behind. */
  const NAMES = [
    "03-polluted-prototypes",
    "08-console-replaced",
    "11-native-loop",
    "13-typed-arrays",
    "15-recursion",
    "18-promises-for-ever",
    "20-hangs-natively-at-import",
    "34-tampers-with-inputs",
  ];
  test.each(NAMES)("%s leaves nothing behind", async (name) => {
    const hostile = CORPUS.find((one) => one.name === name);
    if (hostile === undefined) throw new Error(`there is no ${name}`);
    const before = JSON.stringify(await grader.grade(COURSE, SEED));
    const first = await grader.grade(hostile.path, SEED);
    expect(JSON.stringify(await grader.grade(COURSE, SEED))).toBe(before);
    expect(await grader.grade(hostile.path, SEED)).toEqual(first);
  });
});
