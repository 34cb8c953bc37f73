/** Where along a line the label turns, and what that says of the hidden layers. */

import { closerLook, type LineScenario } from "../assignment/predict-scenarios.ts";
import type { Block } from "../model/observation.ts";
import type { Session } from "../model/session.ts";
import { answerOf, predictCall, type Answer } from "./predict-answers.ts";

interface Turn {
  /** Labels that do not fit a single turn from 0 to 1. */
  errors: number;
  /** The last x with label 0 and the first with label 1. */
  between: [number, number] | undefined;
}

export function turn(line: LineScenario, answers: Answer[]): Turn {
  const labels = answers.find((a) => a.scenario.id === line.id)?.labels;
  return labels ? turnOf(line, labels) : { errors: 0, between: undefined };
}

/**
 * The turn that fits best. Probabilities count as the labels that they stand for. Labels that turn
 * once from 1 to 0 are wrong, but steady: there is no place to tell of.
 */
function turnOf(line: LineScenario, labels: Block): Turn {
  const points = [...line.x]
    .map((x, k) => ({ x, one: (labels.data[k] ?? Number.NaN) > 0.5 }))
    .toSorted((a, b) => a.x - b.x);
  const turned = bestTurn(points.map(({ x, one }) => ({ x, one: !one })));
  const found = bestTurn(points);
  return turned.errors === 0 && found.errors > 1 ? { errors: 0, between: undefined } : found;
}

function bestTurn(points: readonly { x: number; one: boolean }[]): Turn {
  const errorsAt = (first: number) => points.filter((p, k) => p.one !== k >= first).length;
  const turns = Array.from({ length: points.length + 1 }, (_, first) => ({
    first,
    errors: errorsAt(first),
  }));
  const { first, errors } = turns.reduce((best, t) => (t.errors < best.errors ? t : best));
  const [low, high] = [points[first - 1]?.x, points[first]?.x];
  return { errors, between: low === undefined || high === undefined ? undefined : [low, high] };
}

interface Factors {
  session: Session;
  random: () => number;
  lines: readonly [LineScenario, LineScenario, LineScenario];
  turns: readonly Turn[];
}

/**
 * What the hidden layers are multiplied by, and from which A3 on the label is 1, from the three
 * places where the label turns: gain · (s2 · (s1 · x + r) - c) = logit of the threshold, on each
 * of three lines, is solved for s1 · s2, the logit and s2.
 */
export async function measureFactors({ session, random, lines, turns }: Factors) {
  if (!turns[0]?.between || !turns[1]?.between) return undefined;
  const plain = lines.every((line, k) => straddles(line, turns[k]?.between));
  if (plain) return { scale: { layer1: 1, layer2: 1 }, threshold: 0.5 };
  const look = lines.map((line, k) => closerLook(random, line.id, turns[k]?.between ?? [1, 2]));
  const outcomes = await session.run(
    look.map((line, k) => predictCall(line, `${line.id}-closer-${k}`)),
  );
  const seen = look.map((line, k): Seen => {
    const labels = outcomes[k] ? answerOf(line, outcomes[k]).labels : undefined;
    const between = (labels && turnOf(line, labels).between) ?? turns[k]?.between;
    return { line, between: turns[k]?.between && between };
  });
  return otherThreshold(seen) ?? otherScale(seen);
}

/** Where on a line the label was seen to turn; nothing where it does not. */
interface Seen {
  line: LineScenario;
  between: [number, number] | undefined;
}

/** One logit that explains all three turns, with hidden layers as they should be. */
function otherThreshold(seen: readonly Seen[]) {
  const logits = seen.map(({ line: { gain, c, q, r }, between }) =>
    between?.map((x) => gain * (x + q + r - c)),
  );
  if (logits.some((l) => l === undefined)) return undefined;
  const low = Math.max(...logits.map((l) => l?.[0] ?? 0));
  const high = Math.min(...logits.map((l) => l?.[1] ?? 0));
  if (low > high + 1e-3) return undefined;
  return { scale: { layer1: 1, layer2: 1 }, threshold: 1 / (1 + Math.exp(-(low + high) / 2)) };
}

/** s1 · s2 and the logit from the two lines with small r, then s2 from the third. */
function otherScale(seen: readonly Seen[]) {
  const [product, sum, third] = seen;
  if (!product?.between || !sum?.between) return undefined;
  const [one, two] = [product.line, sum.line];
  const [x1, x2] = [middle(product.between), middle(sum.between)];
  const alone = one.c / x1;
  const atHalf = !third?.between || within(third.line.c / alone, third.between);
  const both = atHalf || !third?.between ? alone : slope(product.line, x1, third);
  const logit = atHalf ? 0 : one.gain * (both * x1 - one.c);
  const layer2 = (logit / two.gain + two.c - both * x2) / two.r;
  return { scale: { layer1: both / layer2, layer2 }, threshold: 1 / (1 + Math.exp(-logit)) };
}

/** s1 · s2 where the threshold is another as well: two lines of different gain. */
function slope(one: LineScenario, x1: number, third: Seen): number {
  const x3 = middle(third.between ?? [1, 1]);
  const { gain, c } = third.line;
  return (one.gain * one.c - gain * c) / (one.gain * x1 - gain * x3);
}

function within(x: number, [low, high]: [number, number]): boolean {
  return low * 0.99 < x && x < high * 1.01;
}

function straddles(line: LineScenario, between: [number, number] | undefined): boolean {
  const boundary = line.c - line.q - line.r;
  return between !== undefined && between[0] < boundary && boundary < between[1];
}

function middle([low, high]: [number, number]): number {
  return Math.sqrt(low * high);
}
