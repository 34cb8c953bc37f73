/** The walk-through of one function: its lines, what each held, and the first divergence. */

import type { Measurements } from "../../model/measurement.ts";
import type { Block, Call } from "../../model/observation.ts";
import type { FunctionName, Location } from "../../model/submission.ts";
import type { Walk, WalkStep } from "../../model/walk.ts";
import { lineKey } from "../lines.ts";
import { backwardSubject } from "./backward-subject.ts";
import { forwardSubject } from "./forward-subject.ts";
import type { Subject } from "./known.ts";
import { predictSubject } from "./predict-subject.ts";
import type { Reading } from "./read-along.ts";
import { mainOf, type Measured, type Walked } from "./main-point.ts";
import { isAllowed, isSameForm } from "./forms.ts";
import type { Seen } from "./recognise.ts";
import { divergenceWords, entryWords, formWords, strangerWords } from "./words.ts";

/** A page of paper; a longer program repeats itself. */
const MOST_STEPS = 200;

/** The judge's view of a call, or nothing where it was not measured. */
export function subjectOf(call: Call, m: Measurements): Subject | undefined {
  const given = blocksOf(call);
  switch (call.fn) {
    case "forward_propagation_with_dropout": {
      const measure = m.forward?.measures.find(({ id }) => id === call.id);
      const subject = measure && forwardSubject(measure, given);
      const rng = call.args.find((arg) => arg.kind === "rng");
      return subject && rng ? { ...subject, draws: rng.draws } : subject;
    }
    case "backward_propagation_with_dropout": {
      const measure = m.backward?.measures.find(({ id }) => id === call.id);
      const Y = call.args[1];
      return measure && Y?.kind === "matrix" ? backwardSubject(measure, Y.block) : undefined;
    }
    case "predict": {
      const shown = m.predict?.shown;
      return predictSubject(given, shown?.call === call.id ? shown.returned : undefined);
    }
  }
}

/** X and the parameters, by name. */
function blocksOf({ args }: Call): Record<string, Block> {
  const [X, parameters] = args;
  const entries = parameters?.kind === "record" ? Object.entries(parameters.entries) : [];
  return Object.fromEntries([
    ...(X?.kind === "matrix" ? [["X", X.block] as const] : []),
    ...entries.flatMap(([name, arg]) =>
      arg.kind === "matrix" ? [[name, arg.block] as const] : [],
    ),
  ]);
}

export function walkThrough(walked: Walked, measured: Measured | undefined): Walk {
  const { call, subject, trace, reading } = walked;
  const steps = stepsOf(walked, measured);
  const [keep_prob] = call.args.flatMap((arg) => (arg.kind === "scalar" ? [arg.value] : []));
  return {
    function: call.fn,
    ...(keep_prob === undefined ? {} : { keep_prob }),
    // The divergence is what it is all about.
    steps: steps.filter(({ standing }, k) => k < MOST_STEPS || standing === "diverges"),
    pictures: picturesOf(call.fn, reading, subject),
    cut: trace.cut || steps.length > MOST_STEPS,
  };
}

interface Timed {
  at: number;
  step: WalkStep;
}

function stepsOf(walked: Walked, measured: Measured | undefined): WalkStep[] {
  const { reading, subject } = walked;
  const { told, main } = mainOf(walked, measured);
  const seen = reading.seen.flatMap((s) =>
    s.site === main?.site ? [] : stepOf(s, reading, subject),
  );
  const unknown = reading.strangers.flatMap((s): Timed[] => {
    if (s.site.name === undefined || s.site === main?.site) return [];
    const standing = s.isOwnMask ? "wrong" : "unknown";
    const { location, name } = s.site;
    return [{ at: s.at, step: { location, name, words: strangerWords(s), standing } }];
  });
  const first: Timed[] = main
    ? [{ at: main.at, step: divergingStep(main, subject) }]
    : told
      ? [{ at: timeOf(told.location, reading), step: toldStep(told) }]
      : [];
  const timed = [...seen, ...unknown, ...first].toSorted((a, b) => a.at - b.at);
  return once(timed.map(({ step }) => step));
}

function toldStep({ location, words }: Measured): WalkStep {
  return { location, words, standing: "diverges" };
}

function stepOf(seen: Seen, reading: Reading, subject: Subject): Timed[] {
  const { site, at, form } = seen;
  if (site.role === "argument") return [];
  const isGoal = reading.goals.some((goal) => isSameForm(goal, form));
  const words = `${formWords(seen, subject.factors)}${isGoal ? ", as it should be" : ""}`;
  const standing = isAllowed(form) ? "right" : "wrong";
  const { location, name } = site;
  return [{ at, step: { location, ...(name === undefined ? {} : { name }), words, standing } }];
}

function divergingStep(
  divergence: NonNullable<Reading["divergence"]>,
  { factors }: Subject,
): WalkStep {
  const { location, name } = divergence.site;
  const entry = entryWords(divergence);
  return {
    location,
    ...(name === undefined ? {} : { name }),
    words: divergenceWords(divergence, factors),
    standing: "diverges",
    ...(entry === undefined ? {} : { entry }),
  };
}

/** When a line last made something that is told of it, or the beginning. */
function timeOf(location: Location, { seen, strangers }: Reading): number {
  const here = [...seen, ...strangers].filter(
    (s) => lineKey(s.site.location) === lineKey(location),
  );
  return Math.max(0, ...here.map(({ at }) => at));
}

/** A line says one thing once; what has no name only speaks where the line has nothing else to say. */
function once(steps: readonly WalkStep[]): WalkStep[] {
  const keyOf = ({ location, words }: WalkStep) => `${lineKey(location)}:${words}`;
  const isTelling = (s: WalkStep) => s.name !== undefined || s.standing !== "right";
  const spoken = new Set(steps.filter(isTelling).map((s) => lineKey(s.location)));
  const said = new Set<string>();
  return steps.filter((step) => {
    const key = keyOf(step);
    if (said.has(key)) return false;
    if (!isTelling(step) && spoken.has(lineKey(step.location))) return false;
    said.add(key);
    return true;
  });
}

/** The masks and the activations of a forward pass, as they were cached: units by examples. */
function picturesOf(
  fn: FunctionName,
  { seen }: Reading,
  { masks, own }: Subject,
): Walk["pictures"] {
  if (fn !== "forward_propagation_with_dropout" || seen.length === 0) return [];
  const rows = ({ rows: n, cols, data }: Block) =>
    Array.from({ length: Math.min(n, 12) }, (_, i) =>
      [...data.slice(i * cols, i * cols + Math.min(cols, 16))].map((x) =>
        Number.isFinite(x) ? x : 0,
      ),
    );
  const drawn = masks.flatMap(({ name, value }) =>
    /^D\d$/u.test(name) && !value.data.some(Number.isNaN)
      ? [{ title: name, rows: rows(value) }]
      : [],
  );
  const activations = ["A1", "A2"].flatMap((name) => {
    const value = own[name];
    return value ? [{ title: name, rows: rows(value) }] : [];
  });
  return [...drawn, ...activations];
}
