/** Finite differences of the student's own forward pass, beside the student's own gradients. */

import * as B from "../assignment/block.ts";
import { PARAMETER_NAMES, type Parameters } from "../assignment/network.ts";
import type { ForwardScenario } from "../assignment/scenarios.ts";
import type { BackwardMeasure } from "../model/measurement.ts";
import type { Block, CallOutcome } from "../model/observation.ts";
import type { Session } from "../model/session.ts";
import { forwardCall } from "./forward.ts";
import { asBlock, entriesOf } from "./read.ts";

/** Of the parameters: small beside every distance to a kink of the ReLU, large beside rounding. */
const STEP = 1e-5;
const DIRECTIONS = 4;
/** Relative. A central difference is off by about STEP², and by 1e-16 / STEP for rounding. */
const TOLERANCE = 1e-6;
/** A cost that changes less along all directions does not depend on the parameters: 0 is no backward pass. */
const LEAST_SLOPE = 1e-3;

export interface Own {
  scenario: ForwardScenario;
  measure: BackwardMeasure;
  /** (1, m) of 0 and 1, which backward was given. */
  Y: Block;
}

/**
 * Whether `dW` and `db` are the derivative of the mean cross-entropy cost of the very forward pass
 * that the student wrote, with the same draws: then backward is right for it, whatever the forward
 * pass computes. Compared along random directions through all parameters at once, with central
 * differences (J(θ + εv) - J(θ - εv)) / 2ε.
 */
export async function followsForward(
  session: Session,
  random: () => number,
  { scenario, measure, Y }: Own,
): Promise<boolean> {
  const gradients = PARAMETER_NAMES.map((name) => measure.own[`d${name}`]);
  if (gradients.some((g) => g === undefined)) return false;
  const directions = Array.from({ length: DIRECTIONS }, () => directionIn(random, scenario));
  const sides = directions.flatMap((v) => [moved(scenario, v, STEP), moved(scenario, v, -STEP)]);
  const calls = sides.map((s, k) => ({ ...forwardCall(s), id: `difference-${k}`, keep: false }));
  const outcomes = await session.run(calls);
  const costs = outcomes.map((outcome) => costOf(outcome, Y));
  const slopes = directions.map((v, k) => {
    const [up, down] = [costs[2 * k] ?? Number.NaN, costs[2 * k + 1] ?? Number.NaN];
    const returned = PARAMETER_NAMES.map((name, p) => dot(gradients[p], v[name]));
    return {
      measured: (up - down) / (2 * STEP),
      returned: returned.reduce((total, each) => total + each, 0),
    };
  });
  const steepest = Math.max(...slopes.map(({ measured }) => Math.abs(measured)));
  return (
    steepest >= LEAST_SLOPE &&
    slopes.every((s) => Math.abs(s.measured - s.returned) <= TOLERANCE * steepest)
  );
}

/** Entries between -1 and 1, in the shapes of the parameters. */
function directionIn(random: () => number, { parameters }: ForwardScenario): Parameters {
  const along = (of: Block) => B.map(of, () => 2 * random() - 1);
  return mapped((name) => along(parameters[name]));
}

function moved(scenario: ForwardScenario, v: Parameters, step: number): ForwardScenario {
  const { parameters: p } = scenario;
  return {
    ...scenario,
    parameters: mapped((name) => B.zip(p[name], v[name], (at, along) => at + step * along)),
  };
}

function mapped(make: (name: keyof Parameters) => Block): Parameters {
  // One entry for each name of the parameters.
  return Object.fromEntries(PARAMETER_NAMES.map((name) => [name, make(name)])) as Parameters;
}

/** -(1/m) Σ (y·log a + (1-y)·log(1-a)); NaN where the call gave no probabilities. */
function costOf(outcome: CallOutcome, Y: Block): number {
  const value = outcome.kind === "returned" ? entriesOf(outcome.value)?.["A3"] : undefined;
  const reading = value && asBlock(value, Y.rows, Y.cols);
  if (!reading?.ok) return Number.NaN;
  const losses = Array.from(reading.block.data, (a, k) =>
    Y.data[k] === 1 ? -Math.log(a) : -Math.log(1 - a),
  );
  return losses.reduce((sum, loss) => sum + loss, 0) / Y.cols;
}

function dot(a: Block | undefined, b: Block): number {
  return b.data.reduce((sum, x, k) => sum + x * (a?.data[k] ?? Number.NaN), 0);
}
