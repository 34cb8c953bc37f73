/** All calls of the forward pass, and what they show together. */

import {
  courseShapeScenarios,
  forwardScenarios,
  withOtherDraws,
  type ForwardScenario,
} from "../assignment/scenarios.ts";
import type { LawFit } from "../model/law.ts";
import type { FailedCall, ForwardMeasure, ForwardSummary, Layer } from "../model/measurement.ts";
import type { Block, Call, CallOutcome, MatrixValue } from "../model/observation.ts";
import type { Session } from "../model/session.ts";
import { acrossCalls } from "./across-calls.ts";
import { fitKept, fitRatio, shareBound } from "./fit.ts";
import { measureForward } from "./forward-call.ts";
import { dropsSome, samePatterns } from "./patterns.ts";
import { keptShare, lowDraws, plainCalls, readable, settleUniform } from "./told-apart.ts";
import { oncePerSeed, randomFor } from "./random.ts";
import { fateBySize } from "./by-size.ts";
import { sameInBothLayers, sharingOf } from "./sharing.ts";

export interface ForwardRun {
  summary: ForwardSummary;
  /** By call id, for the backward pass on the student's own caches. */
  scenarios: Map<string, ForwardScenario>;
  outcomes: Map<string, CallOutcome>;
}

/** Small, and its cache is one that backward is asked about. */
export const REPEATED = "square-0.6";

const WITHOUT_RNG = ["without-rng", "without-rng-again"] as const;

/** For a submission without a forward pass that could be called. */
export const NO_FORWARD: ForwardRun = {
  summary: summarise([], []),
  scenarios: new Map(),
  outcomes: new Map(),
};

/** An `ml-matrix` Matrix. */
export function asMatrix(block: Block): MatrixValue {
  return { kind: "matrix", block, container: "Matrix", element: "number" };
}

export function parametersArg(parameters: Record<string, Block>) {
  const entries = Object.entries(parameters).map(
    ([name, block]) => [name, asMatrix(block)] as const,
  );
  return { kind: "record" as const, entries: Object.fromEntries(entries) };
}

export function forwardCall(scenario: ForwardScenario): Call {
  const { id, objects } = scenario;
  return {
    id,
    fn: "forward_propagation_with_dropout",
    keep: true,
    ...(objects === undefined ? {} : { objects: [`${objects}.X`, `${objects}.parameters`] }),
    args: [
      asMatrix(scenario.X),
      parametersArg(scenario.parameters),
      { kind: "scalar", value: scenario.keep_prob },
      ...(scenario.withoutRng === true ? [] : [{ kind: "rng" as const, draws: scenario.draws }]),
    ],
  };
}

const scenariosOf = oncePerSeed((seed) => {
  const random = randomFor(seed, "forward");
  return withVariations(random, forwardScenarios(random));
});

/** Runs the forward pass on every scenario. */
export async function judgeForward(session: Session, seed: string): Promise<ForwardRun> {
  const run = await runScenarios(session, scenariosOf(seed));
  const random = randomFor(seed, "forward again");
  // A single example hides what does not fit together in shape.
  const many = run.summary.measures.filter((m) => m.m > 1);
  if (many.length > 0) {
    await settleDoubts(session, random, run);
    return run;
  }
  // Nothing worked, or a single shape did: see whether the course's own shape does.
  const course = await runScenarios(session, courseShapeScenarios(random));
  const { failures } = run.summary;
  if (course.summary.measures.length < 2) return { ...run, summary: summarise([], failures) };
  return {
    ...course,
    summary: { ...course.summary, failures, onlyCourseShape: true },
  };
}

/**
 * Right after the first scenario: other draws, with the very same X and parameters, as a training
 * loop has them; the first again, with others; and draws that are all low. Twice one is asked
 * without an `rng`, which has a default. Last of
 * all one scenario twice, with other draws: whatever is remembered of a call before then has a
 * shape that fits, masks that backward may take for its own, and a keep_prob that is not 1.
 */
function withVariations(random: () => number, scenarios: ForwardScenario[]): ForwardScenario[] {
  const [first, ...rest] = scenarios;
  const last = rest.find(({ id }) => id === REPEATED);
  if (first === undefined || last === undefined) return scenarios;
  const low = first.draws.map(() => 0.01 + 0.18 * random());
  const objects = first.id;
  return [
    { ...first, objects },
    { ...withOtherDraws(random, first), objects },
    { ...first, id: `${first.id}-again` },
    { ...first, id: `${first.id}-low-draws`, draws: low },
    ...rest.filter((scenario) => scenario !== last),
    ...WITHOUT_RNG.map((id) => ({ ...last, id, withoutRng: true })),
    last,
    withOtherDraws(random, last),
  ];
}

async function runScenarios(session: Session, scenarios: ForwardScenario[]): Promise<ForwardRun> {
  const { outcomes, measures, failures } = await measureScenarios(session, scenarios);
  return {
    summary: summarise(measures, failures),
    scenarios: new Map(scenarios.map((s) => [s.id, s])),
    outcomes: new Map(outcomes.map((o) => [o.id, o])),
  };
}

async function measureScenarios(session: Session, scenarios: readonly ForwardScenario[]) {
  const outcomes = await session.run(scenarios.map(forwardCall));
  const measures: ForwardMeasure[] = [];
  const failures: FailedCall[] = [];
  scenarios.forEach((scenario, k) => {
    const outcome = outcomes[k];
    if (outcome === undefined) return;
    const result = measureForward(scenario, outcome);
    if (result.ok) measures.push(result.measure);
    // Without a default it stops, which the contract leaves open.
    else if (scenario.withoutRng !== true) failures.push(result.failed);
  });
  return { outcomes, measures, failures };
}

function summarise(measured: ForwardMeasure[], failures: FailedCall[]): ForwardSummary {
  settleUniform(measured);
  const find = (id: string) => measured.find((m) => m.id === id);
  const all = measured.filter((m) => !WITHOUT_RNG.some((id) => id === m.id));
  const low = find("live-0.8-low-draws");
  // What repeats another scenario's draws, or has draws that are not uniform, says nothing more.
  const measures = all.filter((m) => !/-(again|low-draws)$/.test(m.id));
  const finite = readable(measures.filter((m) => m.notFinite.length === 0));
  const calls = ["live-0.8", "live-0.8-other-draws", "live-0.8-again"].map(find);
  const kept: [LawFit, LawFit] = [fitKept(finite, 1), fitKept(finite, 2)];
  const isConstant = kept.every(({ law }) => law === "constant");
  const sharing = (layer: Layer) => {
    const shared = sharingOf(
      all.filter((m) => m !== low),
      layer,
    );
    if (shared !== "none" || kept[layer - 1]?.law !== "keep") return shared;
    return fateBySize(finite, layer);
  };
  const shared: ForwardSummary["sharing"] = [sharing(1), sharing(2)];
  return {
    measures,
    failures,
    kept,
    ratio: [fitRatio(finite, 1), fitRatio(finite, 2)],
    sharing: shared,
    plainCalls: plainCalls(finite),
    sameMaskInBothLayers: sameInBothLayers(measures),
    pooled: finite
      .filter((m) => m.live && m.layers.every((l) => l.live > 0))
      .map((m) => pooledShare(m, isConstant)),
    ...acrossCalls(calls, shared),
    withoutRng: withoutRng(...WITHOUT_RNG.map(find)),
    lowDraws: low ? lowDraws(low.layers) : undefined,
    lowDrawsIn: low ? [lowDraws([low.layers[0]]), lowDraws([low.layers[1]])] : undefined,
    usesRng: all.some((m) => m.draws > 0),
    usesMathRandom: all.some((m) => m.mathRandomDraws > 0),
    onlyCourseShape: false,
  };
}

/**
 * The kept share over both layers. The draws are one from each of n1·m + n2·m equal strata, so one
 * rule that keeps a set of measure p keeps that share to within two draws, in whatever order it
 * draws. A program that draws another number of times, or by one rule here and another there,
 * may be off by chance; six standard deviations are never chance.
 *
 * @param isTold the share itself is told, and not only whether it is keep_prob
 */
function pooledShare(m: ForwardMeasure, isTold: boolean) {
  const live = m.layers[0].live + m.layers[1].live;
  const found = keptShare(m.layers);
  const exact = 2.5 / live;
  const chance = Math.max(shareBound(m.keep_prob, live), exact);
  const isExact = m.draws === live;
  // Of the six standard deviations, two are common enough to ask again.
  const usual = isExact ? exact : Math.max(chance / 3, exact);
  const off = Math.abs(found - m.keep_prob);
  // What is off by more than chance is no doubt, only roughly known.
  const isDoubtful = off > usual && (off <= chance || (isTold && !isExact));
  return { id: m.id, keep_prob: m.keep_prob, found, bound: chance, isDoubtful };
}

/** Where a share is off by less than chance allows, but not exact, six times the draws decide. */
async function settleDoubts(
  session: Session,
  random: () => number,
  { summary, scenarios }: ForwardRun,
) {
  const wide = scenarios.get("wide-0.6");
  if (wide === undefined) return;
  const doubts = summary.pooled.filter((p) => p.isDoubtful && p.keep_prob !== 1);
  for (const keep_prob of new Set(doubts.map((doubt) => doubt.keep_prob))) {
    const again = Array.from({ length: 6 }, (_, k) => ({
      ...wide,
      id: `wide-${keep_prob}-${k}`,
      keep_prob,
      draws: wide.draws.map(() => 1e-6 + (1 - 2e-6) * random()),
    }));
    const { measures } = await measureScenarios(session, again);
    const layers = measures.flatMap((m) => m.layers);
    const live = layers.reduce((sum, l) => sum + l.live, 0);
    const kept = layers.reduce((sum, l) => sum + l.kept, 0);
    const settled = { found: kept / live, bound: shareBound(keep_prob, live) };
    const same = doubts.filter((doubt) => doubt.keep_prob === keep_prob);
    if (live > 0) for (const doubt of same) Object.assign(doubt, settled);
  }
}

function withoutRng(one?: ForwardMeasure, two?: ForwardMeasure): ForwardSummary["withoutRng"] {
  if (!one || !two) return undefined;
  if (!samePatterns(one, two)) return "fresh";
  return dropsSome(one) ? "same" : "nothing-dropped";
}
