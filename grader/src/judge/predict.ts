/** What the labels of `predict` say about its hidden layers. */

import { forwardCallsOfPredict } from "../assignment/signs.ts";
import { predictScenarios } from "../assignment/predict-scenarios.ts";
import type { FailedCall } from "../model/measurement.ts";
import type { PredictSummary } from "../model/predict-measurement.ts";
import type { Block, Call, CallOutcome } from "../model/observation.ts";
import type { Session } from "../model/session.ts";
import { answerOf, predictCall, type Answer } from "./predict-answers.ts";
import { measureFactors, turn } from "./predict-factors.ts";
import { followsForward } from "./predict-follows.ts";
import { oncePerSeed, randomFor } from "./random.ts";

export interface PredictRun {
  summary: PredictSummary;
  calls: Call[];
}

const scenariosOf = oncePerSeed((seed) => predictScenarios(randomFor(seed, "predict")));

export async function judgePredict(session: Session, seed: string): Promise<PredictRun> {
  const s = scenariosOf(seed);
  // Next to each other: the same X, then the same parameters, for what remembers one call only.
  const asked = [s.mixed, s.trained, s.single, s.productLine, s.sumLine, s.thresholdLine];
  const calls = [...asked, ...s.again].map((a) => predictCall(a));
  const outcomes = await session.run(calls);
  const answers = asked.flatMap((scenario, k) =>
    outcomes[k] ? [answerOf(scenario, outcomes[k])] : [],
  );
  const repeated = s.again.flatMap((scenario, k) => {
    const outcome = outcomes[asked.length + k];
    return outcome ? [answerOf(scenario, outcome)] : [];
  });
  const summary = summarise(answers, repeated);
  const telling = withTwoLabels(answers);
  const lines = [s.productLine, s.sumLine, s.thresholdLine] as const;
  const turns = lines.map((line) => turn(line, telling));
  const steady = summary.changed === 0 && turns.every((t) => t.errors < 2);
  const random = randomFor(seed, "predict again");
  const factors = steady ? await measureFactors({ session, random, lines, turns }) : undefined;
  const { scale, threshold } = factors ?? { scale: undefined, threshold: undefined };
  const isRight = steady && summary.wrong.length === 0;
  const follows =
    !isRight &&
    forwardCallsOfPredict(session.program.facts).length > 0 &&
    (await followsForward(session, [...answers, ...repeated]));
  const isTold = follows || (factors !== undefined && !isPlain(factors));
  const rightAlone = !isTold && (await isRightAlone(session, answers));
  const deterministic = steady || rightAlone;
  return {
    summary: { ...summary, deterministic, rightAlone, scale, threshold, followsForward: follows },
    calls,
  };
}

/** Nothing is multiplied, and the label turns where it should. */
function isPlain({ scale, threshold }: Factors): boolean {
  return scale.layer1 === 1 && scale.layer2 === 1 && threshold === 0.5;
}

type Factors = NonNullable<Awaited<ReturnType<typeof measureFactors>>>;

/**
 * What was answered wrongly is answered rightly by a program that has just started. Of several calls
 * the one with most examples, which whatever drops or scales would hardly get right by chance.
 */
async function isRightAlone(session: Session, answers: readonly Answer[]): Promise<boolean> {
  const [wrong] = answers
    .filter((a) => !isRightAnswer(a))
    .toSorted((a, b) => b.scenario.X.cols - a.scenario.X.cols);
  if (wrong === undefined) return false;
  const outcome = await session.alone(predictCall(wrong.scenario));
  return isRightAnswer(answerOf(wrong.scenario, outcome));
}

function isRightAnswer(answer: Answer): boolean {
  const { labels, shape } = answer;
  return labels !== undefined && shape === undefined && wrongLabels(answer).length === 0;
}

function summarise(answers: Answer[], repeated: readonly Answer[]) {
  const usable = answers.filter((a) => a.labels !== undefined);
  const failures: FailedCall[] = answers
    .filter((a) => a.labels === undefined || a.shape !== undefined)
    .map((a) => ({
      id: a.scenario.id,
      keep_prob: 1,
      outcome: a.outcome,
      ...(a.shape ? { what: a.shape.found } : {}),
    }));
  const values = usable.flatMap((a) => [...(a.labels?.data ?? [])]);
  const oddLabel = values.find((v) => v !== 0 && v !== 1);
  const first = answers[0]?.labels;
  const changed = Math.max(0, ...repeated.map(({ labels }) => differences(first, labels)));
  const returned = answers.flatMap((a) => (a.outcome.kind === "returned" ? [a.outcome] : []));
  return {
    failures,
    returns: usable.length === 0 ? ("nothing" as const) : kindOf(usable, oddLabel),
    oddLabel,
    changed,
    compared: first?.data.length ?? 0,
    turns: withTwoLabels(usable).some(({ labels }) => hasBoth(labels)),
    drawsForOne: drawsOf(answers.find(({ scenario }) => scenario.X.cols === 1)?.outcome),
    remembers:
      changed === 0 &&
      drawsOf(answers[0]?.outcome) > 0 &&
      repeated.every(({ outcome }) => drawsOf(outcome) === 0),
    mathRandomDraws: returned.reduce((sum, o) => sum + o.mathRandomDraws, 0),
    wrong: oddLabel === undefined ? usable.flatMap(wrongLabels) : [],
    total: values.length,
    changedArguments: [...new Set(returned.flatMap((o) => o.changedArguments))],
    wrongShape: answers.find((a) => a.shape)?.shape,
    shown: shownOf(answers),
  };
}

function differences(one: Block | undefined, two: Block | undefined): number {
  return one && two ? one.data.filter((v, k) => !sameNumber(v, two.data[k])).length : 0;
}

function drawsOf(outcome: CallOutcome | undefined): number {
  return outcome?.kind === "returned" ? outcome.mathRandomDraws : 0;
}

/** Two numbers in the place of 0 and 1 tell as much of the hidden layers. */
function withTwoLabels(answers: readonly Answer[]): Answer[] {
  const values = new Set(answers.flatMap(({ labels }) => [...(labels?.data ?? [])]));
  const top = Math.max(...values);
  if (values.size !== 2 || !Number.isFinite(top)) return [...answers];
  return answers.map((a) => {
    const data = a.labels?.data.map((v) => (v === top ? 1 : 0));
    return a.labels && data ? { ...a, labels: { ...a.labels, data } } : a;
  });
}

function shownOf([first]: Answer[]): PredictSummary["shown"] {
  const empty = { rows: 0, cols: 0, data: new Float64Array() };
  const { X, parameters, id } = first?.scenario ?? { X: empty, parameters: {}, id: "" };
  return { call: id, returned: first?.labels, X, parameters };
}

/** Examples of either label. Probabilities count as the labels that they stand for. */
function hasBoth(labels: Block | undefined): boolean {
  const ones = labels?.data.filter((v) => v > 0.5).length ?? 0;
  return ones > 0 && ones < (labels?.data.length ?? 0);
}

function sameNumber(a: number, b: number | undefined): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

function kindOf(usable: Answer[], oddLabel: number | undefined): PredictSummary["returns"] {
  if (oddLabel === undefined) return "labels";
  const inside = usable.every((a) => a.labels?.data.every((v) => v >= 0 && v <= 1));
  return inside ? "probabilities" : "other-numbers";
}

function wrongLabels({ scenario, labels }: Answer): PredictSummary["wrong"] {
  return [...scenario.A3.data].flatMap((A3, column) => {
    const found = labels?.data[column] ?? Number.NaN;
    return found === (A3 > 0.5 ? 1 : 0)
      ? []
      : [{ id: scenario.id, column, of: scenario.A3.data.length, A3, found }];
  });
}
