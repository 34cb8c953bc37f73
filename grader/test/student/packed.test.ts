import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RUBRIC } from "../../src/assignment/rubric.ts";
import { FUNCTION_NAMES } from "../../src/model/submission.ts";
import { runProgram } from "./command-line.ts";
import type { Ended } from "./command-line.ts";
import { pathOf } from "./corpus.ts";

/** Two installations from the registry. */
const PATIENCE_MS = 600_000;

const root = fileURLToPath(new URL("../../../", import.meta.url));
let place = "";
let student = "";

function npm(words: readonly string[], folder: string): Promise<Ended> {
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier"];
  return runProgram("npm", [...quiet, ...words], folder);
}

async function mustSucceed(words: readonly string[], folder: string): Promise<void> {
  const { code, stderr } = await npm(words, folder);
  if (code !== 0) throw new Error(`npm ${words.join(" ")}\n${stderr}`);
}

/** Status of each of the rubric's tests, by check, and what the failed ones say. */
async function rubricTests() {
  const file = path.join(place, "results.json");
  const words = ["vitest", "run", "--reporter=json", `--outputFile=${file}`];
  const { code } = await runProgram("npx", words, student);
  const { testResults } = JSON.parse(readFileSync(file, "utf8")) as {
    testResults: {
      assertionResults: { title: string; status: string; failureMessages: string[] }[];
    }[];
  };
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const passed = all.filter(({ status }) => status === "passed").map(({ title }) => checkOf(title));
  const says = new Map(all.map((one) => [checkOf(one.title), one.failureMessages.join("\n")]));
  return { code, titles: all.map(({ title }) => title), passed, says };
}

function checkOf(title: string): string {
  return title.split(":")[0] ?? "";
}

const checksOf = (fn: string) => RUBRIC.filter((row) => row.fn === fn).map(({ id }) => id);

/** What comes before the first function, then each function with its comment. */
function partsOf(text: string): string[] {
  return text.split(/^(?=\/\*\*\n)/m);
}

const starterParts = partsOf(readFileSync(path.join(root, "starter/src/dropout.ts"), "utf8"));
const solutionParts = partsOf(
  readFileSync(path.join(pathOf("correct/course"), "src/dropout.ts"), "utf8"),
);

/** Writes the first so many functions, and leaves the others as the starter has them. */
function write(functions: number): void {
  const text = starterParts.map((part, k) =>
    k > 0 && k <= functions ? (solutionParts[k] ?? "") : part,
  );
  writeFileSync(path.join(student, "src/dropout.ts"), text.join(""));
}

beforeAll(async () => {
  place = await mkdtemp(path.join(tmpdir(), "student-"));
  await mustSucceed(["pack", "--ignore-scripts", "--pack-destination", place], `${root}grader`);
  const { version } = JSON.parse(readFileSync(`${root}grader/package.json`, "utf8")) as {
    version: string;
  };
  const tarball = path.join(place, `dropout-grader-${version}.tgz`);
  student = path.join(place, "my-dropout");
  const packed = ["exec", "--yes", `--package=${tarball}`, "--", "grade", "init", student];
  await mustSucceed(packed, place);
  // Until it is published, the version that the starter asks for is the one just packed.
  await mustSucceed(["pkg", "set", `devDependencies.dropout-grader=file:${tarball}`], student);
  await mustSucceed(["install", "--prefer-offline"], student);
}, PATIENCE_MS);

afterAll(() => rm(place, { recursive: true, force: true }));

describe(
  "a student's repository, from the packed package",
  () => {
    test("the package holds what it needs, and no submission or fixture", async () => {
      const { stdout } = await npm(
        ["pack", "--ignore-scripts", "--dry-run", "--json"],
        `${root}grader`,
      );
      const [pack] = JSON.parse(stdout) as { files: { path: string }[] }[];
      const files = pack?.files.map((file) => file.path) ?? [];
      expect(files).toEqual(
        expect.arrayContaining(["dist/vitest.js", "dist/vitest-warm.js", "dist/starter/gitignore"]),
      );
      expect(files.filter((file) => /solutions|fixtures|node_modules/.test(file))).toEqual([]);
    });

    test("the tests are the rubric, and fail kindly", async () => {
      const { code, titles, passed, says } = await rubricTests();
      expect(code).toBe(1);
      expect(titles).toEqual(
        RUBRIC.map(({ id, title, points }) => `${id}: ${title} (${points} points)`),
      );
      expect(passed).toEqual([]);
      const network = (says.get("forward.network") ?? "").replaceAll(/\s+/g, " ");
      expect(network).toContain("forward, step 1: draw the mask D1");
      expect(says.get("forward.mask")).toContain("The function is not written yet");
    });

    test("each function that is written turns its tests", async () => {
      expect(starterParts).toHaveLength(1 + FUNCTION_NAMES.length);
      expect(solutionParts).toHaveLength(1 + FUNCTION_NAMES.length);
      for (let written = 1; written <= FUNCTION_NAMES.length; written += 1) {
        write(written);
        const { passed, code } = await rubricTests();
        expect(passed).toEqual(FUNCTION_NAMES.slice(0, written).flatMap(checksOf));
        expect(code).toBe(written === FUNCTION_NAMES.length ? 0 : 1);
      }
    });

    test("a mistake fails its check with the measurement, the reason, the line", async () => {
      const file = path.join(student, "src/dropout.ts");
      const right = readFileSync(file, "utf8");
      const wrong = right.replace(
        "A2 = Matrix.div(A2, keep_prob)",
        "A2 = Matrix.mul(A2, keep_prob)",
      );
      expect(wrong).not.toBe(right);
      writeFileSync(file, wrong);
      const words = ["vitest", "run", "--reporter=default"];
      const { stdout, stderr } = await runProgram("npx", words, student);
      writeFileSync(file, right);
      const line = wrong
        .split("\n")
        .findIndex((text) => text.includes("Matrix.mul(A2, keep_prob)"));
      expect(stdout + stderr).toContain(`src/dropout.ts:${line + 1}:`);
      expect(stdout + stderr).toMatch(/CheckFailed: 0 of 15 points\n\n[^]*What was measured\n/);
      expect(stdout).toContain("85 of 100 points");
    });

    test("an endless loop is named, also in a pool that has no warm grader", async () => {
      const file = path.join(student, "src/dropout.ts");
      const right = readFileSync(file, "utf8");
      writeFileSync(file, right.replace(/(?<=predict\(.*\{\n)/, "  while (X.rows > 0);\n"));
      const words = ["vitest", "run", "--pool=forks"];
      const { code, stdout, stderr } = await runProgram("npx", words, student);
      writeFileSync(file, right);
      expect(code).toBe(1);
      expect(stdout).toContain("80 of 100 points");
      expect(stdout + stderr).toContain("npx grade explain timed-out");
    });

    test("then `grade` gives full marks, and the code compiles", async () => {
      const graded = await runProgram("npx", ["grade", "--seed", "2014"], student);
      expect(graded.stdout).toContain("100 of 100 points");
      expect(graded.code).toBe(0);
      expect((await npm(["run", "check"], student)).stdout).not.toContain("error TS");
      expect((await runProgram("npx", ["grade", "explain", "mask-frozen"], student)).code).toBe(0);
    });
  },
  PATIENCE_MS,
);
