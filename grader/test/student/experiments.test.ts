import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Experiment } from "../../src/experiments/experiment.ts";
import type * as Index from "../../src/experiments/index.ts";
import type * as Network from "../../src/experiments/network.ts";
import type * as Page from "../../src/experiments/page.ts";
import type * as Run from "../../src/experiments/run.ts";
import { folderWith } from "../cli/folder.ts";
import { onlyFixture } from "../fixtures.ts";
import { grade } from "./command-line.ts";
import { pathOf } from "./corpus.ts";

// From what was built, beside which the sandbox's worker lies.
const built = new URL("../../dist/experiments/", import.meta.url);
const load = async (file: string): Promise<unknown> => import(new URL(file, built).href);
const { EXPERIMENTS } = (await load("index.js")) as typeof Index;
const { runExperiment } = (await load("run.js")) as typeof Run;
const { pageOf } = (await load("page.js")) as typeof Page;
const { startingParameters } = (await load("network.js")) as typeof Network;

const root = fileURLToPath(new URL("../../../", import.meta.url));
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const oneLine = (text: string) => text.replaceAll(/\s+/g, " ");

/** The handout's doubts: the question, the answer, the command. */
const handout = [
  ...(read("starter/README.md").split("## Eight doubts\n")[1] ?? "").matchAll(
    /^\*\*"(.*)"\*\* (.*)\n\n```sh\nnpx grade experiment (\w+) \.\n```$/gm,
  ),
].map(([, doubt, answer = "", name]) => ({ doubt, answer, name }));

function experiment(name: string): Experiment {
  const found = EXPERIMENTS.find((known) => known.name === name);
  if (found === undefined) throw new Error(`no experiment ${name}`);
  return found;
}

const noProgress = () => {};
const reference = async (name: string) =>
  (await runExperiment(experiment(name), undefined, noProgress)).findings.lines;

/** The number at the end of the line that begins so. */
function numberIn(lines: readonly string[], label: string): number {
  const line = lines.find((text) => text.trim().startsWith(label));
  if (line === undefined) throw new Error(`no line ${label} in\n${lines.join("\n")}`);
  return Number(line.trim().split(" ").at(-1));
}

describe("doubts, answers and experiments are in step", () => {
  test("the handout's eight doubts are those of the experiments, in order", () => {
    expect(handout).toHaveLength(8);
    expect(handout.map(({ doubt, name }) => ({ doubt, name }))).toEqual(
      EXPERIMENTS.map(({ doubt, name }) => ({ doubt, name })),
    );
  });

  test.each(EXPERIMENTS.map(({ name, answer }) => [name, answer]))(
    "%s: its answer is a sentence of the handout",
    (name, answer) => {
      expect(handout.find((row) => row.name === name)?.answer).toContain(answer);
    },
  );

  test("docs/experiments.md has a row for each", () => {
    const rows = [...read("docs/experiments.md").matchAll(/^\| `(\w+)` +\| "(.*)" \| .+ \|$/gm)];
    const doubts = new Map(rows.map(([, name, doubt]) => [name, doubt]));
    expect(doubts).toEqual(
      new Map(EXPERIMENTS.map(({ name, doubt }) => [name, doubt.replaceAll("`", "")])),
    );
  });
});

describe("with the reference", () => {
  test("divide gives the thread's quotients", async () => {
    expect(await reference("divide")).toEqual(
      expect.arrayContaining([
        "42 / 0.8 = 52.5",
        "-0.573 / 0.8 = -0.71625",
        "  after dropout it holds 52.5",
      ]),
    );
  });

  test("norms gives the thread's norms, and the scale brings no unit back", async () => {
    const lines = await reference("norms");
    const { norm, norm_scaled } = onlyFixture("norms");
    expect(numberIn(lines, "norm of A,")).toBeCloseTo(norm, 8);
    expect(numberIn(lines, "norm of A / 0.8")).toBeCloseTo(norm_scaled, 8);
    const masked = numberIn(lines, "norm of the masked matrix");
    expect(numberIn(lines, "norm of the masked and scaled") / masked).toBeCloseTo(1.25, 3);
    // Of 12 entries each is 0 with probability 0.2; ten thousand masks give 2.4 within 0.07.
    expect(Math.abs(numberIn(lines, "of 12 entries, 0 after the mask") - 2.4)).toBeLessThan(0.07);
    expect(numberIn(lines, "of 12 entries, 0 after mask and scale")).toBe(
      numberIn(lines, "of 12 entries, 0 after the mask"),
    );
  });

  test("expectation: the mean stays, the mask alone lowers it to 80%", async () => {
    const lines = await reference("expectation");
    const means = lines.filter((line) => line.includes("mean")).map((line) => numberIn([line], ""));
    expect(means[0]).toBeCloseTo(0.5, 1);
    expect(Math.abs((means[1] ?? 0) / 19.5 - 1)).toBeLessThan(0.01);
    expect(Math.abs((means[2] ?? 0) / 19.5 - 0.8)).toBeLessThan(0.01);
  });

  test("masks: shared by all examples, a unit is gone now and then", async () => {
    const lines = await reference("masks");
    expect(numberIn(lines, "passes in which the unit is gone, one mask each")).toBe(0);
    expect(numberIn(lines, "passes in which the unit is gone, one for all")).toBeGreaterThan(30);
  });

  test("training: only the inverted form keeps the level by itself", async () => {
    const lines = await reference("training");
    const level = (form: string) =>
      Number(
        lines
          .find((line) => line.startsWith(form))
          ?.slice(form.length)
          .trim()
          .split(/\s+/)[0],
      );
    expect(level("no dropout")).toBe(1);
    expect(Math.abs(level("inverted dropout") - 1)).toBeLessThan(0.05);
    expect(Math.abs(level("dropout, no scale") - 0.7)).toBeLessThan(0.05);
  });

  test("prediction: dropout left on changes labels, the factor alone the level", async () => {
    const lines = await reference("prediction");
    expect(numberIn(lines, "points whose label changes")).toBeGreaterThan(10);
    // Two hidden layers with 1/0.7 each.
    expect(numberIn(lines, "how many times too large")).toBeGreaterThan(1.8);
  });

  test("paper: the weights agree up to the factor", async () => {
    const lines = await reference("paper");
    expect(numberIn(lines, "w' / w, smallest")).toBeCloseTo(0.8, 9);
    expect(numberIn(lines, "w' / w, largest")).toBeCloseTo(0.8, 9);
    expect(numberIn(lines, "inverted as it is, paper without the p")).toBeGreaterThan(0.01);
  });
});

describe("with the student's own functions", () => {
  const own = (name: string, folder: string) => runExperiment(experiment(name), folder, noProgress);

  test("right ones give what the reference gives", async () => {
    const ran = await own("survivors", pathOf("correct/course"));
    expect(ran.who).toBe("your own functions");
    expect(ran.findings.lines).toEqual(await reference("survivors"));
  });

  test("wrong ones show: without the scale, 42 stays 42", async () => {
    const ran = await own("divide", pathOf("wrong/forward-no-scale/loops"));
    expect(ran.findings.lines).toContain("  after dropout it holds 42");
  });

  test("before they are written, the reference stands in and the reason is given", async () => {
    const ran = await own("divide", path.join(root, "starter"));
    expect(ran.who).toBe("the reference");
    expect(ran.instead).toContain("Not written yet: forward, step 1");
  });

  test("training goes through both passes", async () => {
    const short: Experiment = {
      ...experiment("paper"),
      run: async ({ network, random }) => {
        const parameters = startingParameters(random, [2, 4, 3, 1]);
        const data = (rows: number) => Float64Array.from({ length: rows * 5 }, random);
        const X = { rows: 2, cols: 5, data: data(2) };
        const Y = { rows: 1, cols: 5, data: data(1).map(Math.round) };
        const { A3, gradients } = await network.step({ X, Y, parameters, keep_prob: 0.8, random });
        const { W1, b1, W2, b2, W3, b3 } = gradients;
        const numbers = [A3, W1, b1, W2, b2, W3, b3].flatMap((block) => [...block.data]);
        return { lines: numbers.map((x) => x.toPrecision(10)), charts: [] };
      },
    };
    const ran = await runExperiment(short, pathOf("correct/course"), noProgress);
    const expected = await runExperiment(short, undefined, noProgress);
    expect(ran.who).toBe("your own functions");
    expect(ran.findings.lines.map(Number)).toEqual(
      expected.findings.lines.map((x) => expect.closeTo(Number(x), 8)),
    );
  });
});

describe("the page and the command", () => {
  test("a page holds the doubt, the numbers and the pictures, and refers to nothing outside", async () => {
    const chosen = experiment("divide");
    const { findings } = await runExperiment(chosen, undefined, noProgress);
    const page = pageOf(chosen, { ...findings, lines: ["1 < 2 & <b>"] }, "the reference");
    expect(page).toMatch(/^<!DOCTYPE html>/i);
    expect(page).toContain("“Dividing makes it smaller.”");
    expect(page).toContain("1 &lt; 2 &amp; &lt;b&gt;");
    expect(page).toMatch(/<svg[^]*<path[^]*<\/svg>/);
    expect(page).not.toMatch(/<script|<link|<img|NaN/);
    expect(
      page.match(/https?:\/\/[^"\s]+/g)?.filter((url) => !url.includes("w3.org")) ?? [],
    ).toEqual([]);
  });

  test("grade experiment lists the doubts, runs one, and writes its page", async () => {
    const place = await folderWith({});
    const list = await grade(["experiment"], place);
    for (const { name, doubt } of EXPERIMENTS) {
      expect(oneLine(list.stdout)).toContain(`${name} `);
      expect(oneLine(list.stdout)).toContain(`"${doubt}"`);
    }
    const one = await grade(["experiment", "divide"], place);
    expect(one.code).toBe(0);
    expect(one.stdout).toContain("42 / 0.8 = 52.5");
    expect(Math.max(...one.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(readFileSync(path.join(place, "experiment-divide.html"), "utf8")).toContain("<svg");
  });

  test("an experiment or a path that is not there is a wrong call", async () => {
    const place = await folderWith({});
    const wrongName = await grade(["experiment", "devide"], place);
    expect(wrongName.code).toBe(2);
    expect(wrongName.stderr).toContain('Did you mean "divide"?');
    expect((await grade(["experiment", "divide", "nowhere"], place)).code).toBe(2);
  });
});
