/**
 * Reads a traced call beside the network: what the student's own values turned out to be, and the
 * first that should have become one of the network's and did not.
 */

import type { Block } from "../../model/observation.ts";
import { lineKey } from "../lines.ts";
import { toldBy, type Source } from "./blame.ts";
import { EMPTY, type Stage, type Subject } from "./known.ts";
import { costOf, isAllowed } from "./forms.ts";
import { laidOut, recognise, type Seen } from "./recognise.ts";
import { follow, type Divergence } from "./stage.ts";
import { strangers, type Stranger } from "./strangers.ts";
import { testsOf, timeline, type StageTest } from "./tests.ts";

export interface Reading {
  /** Everything that was recognised, in order. */
  seen: Seen[];
  strangers: Stranger[];
  /** What each stage should have given, from what went before it. */
  goals: Stage["goal"][];
  /** The stages, each by itself. */
  tests: StageTest[];
  divergence?: Divergence;
}

export function readAlong(subject: Subject, { trace, shared }: Source): Reading {
  const sites = laidOut(trace);
  const given = recognise(sites, subject.given, subject);
  const have: Record<string, Block> = Object.fromEntries(
    subject.given.map(({ name, value }) => [name, value]),
  );
  const stages = subject.stages.map((make) => {
    const needs: string[] = [];
    const stage = make((name) => {
      needs.push(name);
      return have[name] ?? EMPTY;
    });
    const outcome = follow(stage, { subject, trace, sites, shared });
    const inputs = needs.flatMap((name) => have[name] ?? []);
    have[stage.name] = outcome.actual;
    return { stage, needs, inputs, ...outcome };
  });
  const all = [...given, ...stages.flatMap(({ seen }) => seen)];
  const seen = simplest(all, subject);
  const unknown = strangers(trace, seen, subject);
  const tests = testsOf(stages, timeline(trace));
  const goals = stages.map(({ stage }) => stage.goal);
  const reading = { seen, strangers: unknown, goals, tests };
  const missed = stages.filter(({ isReached }) => !isReached);
  if (missed.length === 0) return reading;
  const misused = given.filter(({ form }) => !isAllowed(form) && form.mask === "other");
  // One number alone may be anything: it is judged by what is beside it.
  const telling = missed.filter(({ stage }) => stage.goal.value.data.length > 1);
  const candidates = [
    ...(telling.length > 0 ? telling : missed).flatMap(
      (m) => m.divergence ?? afterwards(m.stage, reading, stages),
    ),
    ...misused.slice(0, 1).map(({ site, at, form, value }) => ({ site, at, form, value })),
    ...unknown.filter((s) => s.isOwnMask).slice(0, 1),
  ].toSorted((a, b) => a.at - b.at);
  const [first] = candidates;
  return first ? { ...reading, divergence: toldBy(first, { trace, shared }, subject) } : reading;
}

/** A value of the right size that nobody knows, after the last that was right. */
function afterwards(
  stage: Stage,
  { strangers: unknown }: Reading,
  stages: readonly { stage: Stage; seen: readonly Seen[] }[],
): Divergence[] {
  const before = stages.slice(
    0,
    stages.findIndex((s) => s.stage === stage),
  );
  const last = Math.max(-1, ...before.flatMap(({ seen }) => seen.map(({ at }) => at)));
  const size = stage.goal.value.data.length;
  const first = unknown.find((s) => s.at > last && s.value.data.length === size);
  return first ? [{ ...first, stage }] : [];
}

/** Of several names for one value at one place, the simplest. */
function simplest(all: readonly Seen[], { factors }: Subject): Seen[] {
  const best = new Map<string, Seen>();
  for (const seen of all) {
    const { location } = seen.site;
    const key = `${lineKey(location)}:${location.column}:${location.endColumn}:${seen.at}`;
    const known = best.get(key);
    if (!known || costOf(seen.form, factors) < costOf(known.form, factors)) best.set(key, seen);
  }
  return [...best.values()].toSorted((a, b) => a.at - b.at);
}
