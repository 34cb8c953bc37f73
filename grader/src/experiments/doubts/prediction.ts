import * as Plot from "@observablehq/plot";
import * as B from "../../assignment/block.ts";
import { plainForward } from "../../assignment/network.ts";
import type { Parameters } from "../../assignment/network.ts";
import type { Block } from "../../model/observation.ts";
import type { Experiment, Findings, Lab } from "../experiment.ts";
import { numberLine } from "../experiment.ts";
import { twoMoons } from "../moons.ts";
import type { Points } from "../moons.ts";
import { mean, spread, startingParameters } from "../network.ts";
import { accuracy, train } from "../train.ts";

const STEPS = 300;
const KEEP_PROB = 0.7;
const PASSES = 100;

/** A trained network that predicts with the mask, with the factor alone, and with neither. */
export const prediction: Experiment = {
  name: "prediction",
  what: "Predicts with dropout left on, with the factor alone, with neither",
  doubt: "At prediction I leave the mask out. But does the factor stay?",
  answer: "The factor makes up for units that are missing, and at prediction none is missing.",
  run: async (lab) => {
    const learned = twoMoons(lab.random, 60);
    const others = twoMoons(lab.random, 100);
    const parameters = await train({
      ...{ network: lab.network, random: lab.random, points: learned, keep_prob: KEEP_PROB },
      start: startingParameters(lab.random, [2, 16, 8, 1]),
      ...{ steps: STEPS, rate: 0.4 },
      onStep: (step) => lab.progress(step, STEPS + PASSES),
    });
    return findings(others, await predictThreeWays(lab, others, parameters));
  },
};

type Output = Record<"Z3" | "A3", Block>;

interface Ways {
  neither: Output;
  factorOnly: Output;
  dropoutOn: Block[];
  /** What the student's own predict answers. */
  labels: Block;
}

async function predictThreeWays(lab: Lab, { X }: Points, parameters: Parameters): Promise<Ways> {
  const { network, random, progress } = lab;
  const dropoutOn: Block[] = [];
  for (let pass = 1; pass <= PASSES; pass += 1) {
    const question = { X, parameters, keep_prob: KEEP_PROB, random };
    dropoutOn.push((await network.forward(question)).A3);
    progress(STEPS + pass, STEPS + PASSES);
  }
  // The factor behind each hidden layer is the same as in front of the next layer's weights.
  const [W2, W3] = [parameters.W2, parameters.W3].map((W) => B.scaled(W, 1 / KEEP_PROB));
  const withFactor = { ...parameters, ...(W2 && W3 ? { W2, W3 } : {}) };
  return {
    neither: plainForward(X, parameters),
    factorOnly: plainForward(X, withFactor),
    dropoutOn,
    labels: await network.predict(X, parameters),
  };
}

function labelsOf(A3: Block): Block {
  return B.map(A3, (a) => (a > 0.5 ? 1 : 0));
}

function findings(points: Points, ways: Ways): Findings {
  const { neither, factorOnly, dropoutOn, labels } = ways;
  const shares = dropoutOn.map((A3) => accuracy(labelsOf(A3), points));
  const unsure = [...neither.A3.data].filter((_, k) => {
    const answers = new Set(dropoutOn.map((A3) => (A3.data[k] ?? 0) > 0.5));
    return answers.size > 1;
  }).length;
  const level = ({ Z3 }: Output) => mean(Z3.data.map((z) => Math.abs(z)));
  return {
    lines: [
      `A network trained with keep_prob = ${KEEP_PROB}, asked about ${points.X.cols} new points.`,
      "",
      numberLine("right labels, neither mask nor factor", accuracy(labelsOf(neither.A3), points)),
      numberLine("right labels, by predict", accuracy(labels, points)),
      numberLine(`right labels, dropout on, mean of ${PASSES} calls`, mean(shares)),
      numberLine("  worst call", Math.min(...shares)),
      numberLine("  standard deviation", spread(shares)),
      numberLine("points whose label changes from call to call", unsure, 0),
      "",
      numberLine("mean size of Z3, neither mask nor factor", level(neither)),
      numberLine("mean size of Z3, the factor alone", level(factorOnly)),
      numberLine("  how many times too large", level(factorOnly) / level(neither)),
    ],
    charts: [callsOf(ways)],
  };
}

/** A few points, from sure to unsure, each with the answers of all the calls. */
function callsOf({ neither, factorOnly, dropoutOn }: Ways) {
  const sure = neither.A3.data;
  const order = [...sure.keys()].toSorted((a, b) => (sure[a] ?? 0) - (sure[b] ?? 0));
  const chosen = order.filter((_, k) => k % 10 === 5);
  const answers = chosen.flatMap((at, rank) =>
    dropoutOn.map(({ data }) => ({ A3: data[at] ?? Number.NaN, point: `point ${rank + 1}` })),
  );
  const single = ({ A3 }: Output, way: string) =>
    chosen.map((at, rank) => ({ A3: A3.data[at] ?? Number.NaN, point: `point ${rank + 1}`, way }));
  const singles = [...single(neither, "neither"), ...single(factorOnly, "the factor alone")];
  return {
    caption: "A3 of ten points. Grey: 100 calls with dropout on. The line: where the label turns.",
    options: {
      height: 360,
      marginLeft: 70,
      x: { label: "A3", domain: [0, 1], grid: true },
      y: { label: null, domain: chosen.map((_, rank) => `point ${rank + 1}`) },
      color: { legend: true },
      marks: [
        Plot.ruleX([0.5]),
        Plot.tickX(answers, { x: "A3", y: "point", stroke: "#999", strokeOpacity: 0.3 }),
        Plot.dot(singles, { x: "A3", y: "point", fill: "way", r: 5 }),
      ],
    },
  };
}
