/** One quantity of the network in a trace: whether it was reached, and if not, where it was left. */

import * as B from "../../assignment/block.ts";
import type { Block, Trace, TraceSite } from "../../model/observation.ts";
import { appearances } from "../appearances.ts";
import { lineKey } from "../lines.ts";
import type { Form, Stage, Subject } from "./known.ts";
import { dropsUnits, isAllowed, isNear, isSameForm } from "./forms.ts";
import { recognise, type Laid, type Seen } from "./recognise.ts";

/** The first value that is wrong although what went before it is right. */
export interface Divergence {
  site: TraceSite;
  at: number;
  /** What it should have become; absent for what should not be there at all. */
  stage?: Stage;
  /** Absent where it is none of the network's quantities. */
  form?: Form;
  value?: Block;
}

export interface Asked {
  subject: Subject;
  trace: Trace;
  sites: readonly Laid[];
  shared: ReadonlySet<string>;
}

interface Followed {
  seen: Seen[];
  isReached: boolean;
  /** What the program really has after this stage. */
  actual: Block;
  /** The program returned it. */
  hasOwn: boolean;
  /** When it was complete first; absent where nothing in the trace holds it. */
  completeAt?: number | undefined;
  divergence?: Divergence;
}

/** Looks for a stage among the places of a trace. */
export function follow(stage: Stage, asked: Asked): Followed {
  const { subject, trace, sites, shared } = asked;
  const { goal } = stage;
  const seen = recognise(sites, stage.knowns, subject);
  const right = seen.filter(({ value }) => B.close(value, goal.value));
  const off = seen.filter(({ form }) => !isAllowed(form));
  const own = subject.own[stage.name];
  const lastRight = right.at(-1);
  const heldAt = own || lastRight ? undefined : wholeAt(goal.value, trace);
  const isReached = own
    ? B.close(own, goal.value)
    : heldAt !== undefined ||
      (lastRight !== undefined &&
        !off.some(({ at, form }) => at > lastRight.at && !isNextStep(form, stage)));
  const hasOwn = own !== undefined;
  if (isReached)
    return {
      ...{ seen, isReached, hasOwn, actual: goal.value },
      completeAt: right[0]?.at ?? heldAt ?? loneAppearance(own, trace),
    };
  const step = stepBefore(own, seen, goal);
  const actual = own ?? off.at(-1)?.value ?? step?.value ?? goal.value;
  const wrong = off[0] ? pick(alike(off, off[0]), shared) : undefined;
  // It was made right, and something else went on.
  const unused =
    own && lastRight ? next(lastRight, { goal: goal.value, sites, shared }) : undefined;
  const found =
    unused ??
    wrong ??
    (step && pickStep(step, stage, { ...asked, seen })) ??
    ownAppearance(own, sites);
  const completeAt = ownAppearance(own, sites)?.at ?? loneAppearance(own, trace);
  const outcome = { seen, isReached, hasOwn, completeAt, actual };
  if (found === undefined) return outcome;
  const recognised = seen.find((s) => s.site === found.site && s.at === found.at);
  return { ...outcome, divergence: { value: actual, ...recognised, ...found, stage } };
}

/** When a matrix as a whole is there first, in single precision too. */
function wholeAt(goal: Block, { sites }: Trace): number | undefined {
  if (goal.data.length < 4) return undefined;
  const both = [goal, B.transposed(goal)];
  const isIt = (value: number | Block) =>
    typeof value !== "number" && both.some((one) => B.close(value, one));
  const times = sites.flatMap(({ values }) => values.find(({ value }) => isIt(value))?.at ?? []);
  return times.length > 0 ? Math.min(...times) : undefined;
}

/** What dropout, or another ReLU, leaves of Z is a matter of the activation. */
function isNextStep({ mask }: Form, { name }: Stage): boolean {
  return mask === "other" && name.startsWith("Z");
}

/** The first place with the step, or the last where all but the derivative of the ReLU is there. */
function pickStep(
  step: Seen,
  { goal }: Stage,
  { seen, sites, shared }: Asked & { seen: readonly Seen[] },
): Pick<Seen, "site" | "at"> {
  const same = alike(seen, step);
  const isAlmost = dropsUnits(step.form, goal) && isNear(step.form.factor, goal.factor);
  const first = pick(same, shared);
  if (!isAlmost || step.form.mask === goal.mask) return first;
  return handedOn(first, step.value, sites);
}

/** The first place at which another matrix is used, and not by a helper that is right elsewhere. */
function next(
  { at }: Seen,
  { goal, sites, shared }: { goal: Block } & Pick<Asked, "sites" | "shared">,
): Pick<Seen, "site" | "at"> | undefined {
  const later = sites.flatMap(({ site }) => {
    if (site.role !== "value" || shared.has(lineKey(site.location))) return [];
    const found = site.values.find(
      (v) => v.at > at && typeof v.value !== "number" && !B.close(v.value, goal),
    );
    return found ? [{ site, at: found.at }] : [];
  });
  return later.toSorted((a, b) => a.at - b.at)[0];
}

/** Under how many names the value goes on before anything else is made: the last of them. */
function handedOn(
  first: Pick<Seen, "site" | "at">,
  value: Block,
  sites: readonly Laid[],
): Pick<Seen, "site" | "at"> {
  const after = sites
    .flatMap(({ site }) =>
      site.values.flatMap((v) =>
        v.at > first.at && typeof v.value !== "number" && v.value.data.length >= 4
          ? [{ site, at: v.at, value: v.value }]
          : [],
      ),
    )
    .toSorted((a, b) => a.at - b.at);
  const other = after.findIndex((v) => !B.close(v.value, value));
  const same = after.slice(0, Math.max(0, other)).filter(({ site }) => site.role === "value");
  const last = same.at(-1);
  return last ? { site: last.site, at: last.at } : first;
}

function alike(seen: readonly Seen[], { form }: Seen): Seen[] {
  return seen.filter((s) => isSameForm(s.form, form));
}

/** A place that does nothing else, and that no function shares which is right with it. */
function pick(seen: readonly Seen[], shared: ReadonlySet<string>): Pick<Seen, "site" | "at"> {
  const open = seen.filter(({ site }) => !shared.has(lineKey(site.location)));
  const best = open.find(({ isOwn }) => isOwn) ?? open[0] ?? seen[0];
  if (best === undefined) throw new Error("There is nothing to pick from.");
  return { site: best.site, at: best.at };
}

/**
 * The step at which the program's own value had all that it was to get of dropout: what came
 * after it, such as the derivative of the ReLU, is not to blame.
 */
function stepBefore(own: Block | undefined, seen: readonly Seen[], goal: Form): Seen | undefined {
  const best = furthest(seen, goal);
  const kept = own && seen.find(({ value }) => B.close(value, own));
  if (kept === undefined || best === undefined) return best;
  const has = ({ form }: Seen) => [dropsUnits(form, goal), isNear(form.factor, goal.factor)].join();
  // It had all of it elsewhere: then it was left out here.
  if (has(kept) !== "true,true" && has(best) === "true,true") return kept;
  return seen.find((s) => has(s) === has(kept) && s.form.known === kept.form.known);
}

/** The step that has most of what the goal has; of equals the first. */
function furthest(seen: readonly Seen[], goal: Form): Seen | undefined {
  const rank = ({ form }: Seen) =>
    (dropsUnits(form, goal) ? 1 : 0) +
    (isNear(form.factor, goal.factor) ? 1 : 0) +
    (form.known === goal.known ? 2 : 0);
  return seen.toSorted((a, b) => rank(b) - rank(a) || a.at - b.at)[0];
}

/** Where the program's own value of a quantity is first complete. */
function ownAppearance(
  own: Block | undefined,
  sites: readonly Laid[],
): Pick<Seen, "site" | "at"> | undefined {
  if (own === undefined || own.data.every((x) => x === own.data[0])) return undefined;
  const found = sites.flatMap(({ site }) =>
    appearances(site, [own], "exactly").map(({ at }) => ({ site, at })),
  );
  return found.toSorted((a, b) => a.at - b.at)[0];
}

/** When a matrix of one number, the same throughout, is there first; 0 may be anything. */
function loneAppearance(own: Block | undefined, { sites }: Trace): number | undefined {
  const x = own?.data[0];
  if (own === undefined || x === undefined || x === 0 || Number.isNaN(x)) return undefined;
  const isIt = (value: number | Block) =>
    typeof value === "number"
      ? own.data.length === 1 && isNear(value, x)
      : value.data.length === own.data.length && value.data.every((y) => isNear(y, x));
  const times = sites.flatMap(({ values }) => values.find(({ value }) => isIt(value))?.at ?? []);
  return times.length > 0 ? Math.min(...times) : undefined;
}
