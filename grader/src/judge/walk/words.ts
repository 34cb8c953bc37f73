/** What a value turned out to be, in the words of a walk. */

import * as B from "../../assignment/block.ts";
import { number } from "../../assignment/words.ts";
import type { Factor, Form } from "./known.ts";
import { dropsUnits, isNear } from "./forms.ts";
import type { Seen } from "./recognise.ts";
import type { Divergence } from "./stage.ts";
import type { Stranger } from "./strangers.ts";

/** As in "relu(Z1)∘D1 / keep_prob". */
export function formWords(
  { form, value }: Pick<Seen, "form" | "value">,
  factors: readonly Factor[],
) {
  const { known, mask, factor } = form;
  const behind = behindWords(factor, factors);
  const name = / [+-] /u.test(known.name) && (mask || behind) ? `(${known.name})` : known.name;
  if (mask !== "other") return `${name}${mask ? `∘${mask.name}` : ""}${behind}`;
  const live = known.value.data.filter((x) => x !== 0).length;
  const zeros = known.value.data.filter((x, k) => x !== 0 && value.data[k] === 0).length;
  return `${name}${behind} with ${zeros} of ${live} entries set to 0`;
}

function behindWords(factor: number, factors: readonly Factor[]): string {
  const words = factors.find(({ value }) => isNear(value, factor))?.words;
  return words ?? ` × ${number(factor)}`;
}

/** What a stranger looks like. */
export function strangerWords({ value, isDrawn, isOwnMask }: Stranger): string {
  const shape = `${value.rows} × ${value.cols}`;
  if (value.data.some(Number.isNaN)) return `${shape}, with entries that are not a number`;
  if (isDrawn) return `${shape} numbers from the random source`;
  const kept = value.data.filter((x) => x !== 0).length;
  if (isOwnMask) return `a mask of its own, ${shape}: it keeps ${kept} of ${value.data.length}`;
  return `${shape}, none of the network's quantities`;
}

/** What the value at the divergence is, and what it is not yet or no more. */
export function divergenceWords(found: Divergence, factors: readonly Factor[]): string {
  const { stage, form, value } = found;
  if (form === undefined || value === undefined) {
    return stage
      ? `not ${goalWords(stage.goal, factors)}`
      : "a mask of its own, where none belongs";
  }
  const is = formWords({ form, value }, factors);
  if (stage === undefined) return `${is}; it should stay as it was given`;
  const { goal } = stage;
  const missing = [
    ...(goal.mask && goal.mask !== "other" && form.mask === undefined
      ? [`∘${goal.mask.name}`]
      : []),
    ...(isNear(form.factor, goal.factor) ? [] : [behindWords(goal.factor / form.factor, factors)]),
  ];
  const isOnTheWay =
    form.known === goal.known &&
    missing.length > 0 &&
    (form.mask === undefined || form.mask === goal.mask || dropsUnits(form, goal));
  if (!isOnTheWay) return `${is}; expected ${goalWords(goal, factors)}`;
  const also = missing.map((words) => words.trim()).join(" and ");
  const measured = isNear(form.factor, goal.factor)
    ? ""
    : `: ${number(form.factor)} × instead of ${number(goal.factor)} ×`;
  return `${is}; expected also ${also}${measured}`;
}

function goalWords(goal: Form, factors: readonly Factor[]): string {
  return formWords({ form: goal, value: goal.known.value }, factors);
}

/**
 * One entry as it is and as it should be; nothing where there is none to show, or where the first
 * that differs is one that the derivative of the ReLU has yet to take.
 */
export function entryWords({ stage, form, value }: Divergence): string | undefined {
  if (
    !stage ||
    !value ||
    (form && isBeforeReLU(form, stage.goal)) ||
    !B.sameShape(value, stage.goal.value)
  )
    return undefined;
  const place = B.firstDifference(value, stage.goal.value);
  if (place === undefined) return undefined;
  const [i, j] = place;
  const [found, expected] = [value, stage.goal.value].map((block) => number(B.at(block, i, j)));
  return `${stage.name}[${i}, ${j}] is ${found}, expected ${expected}`;
}

/** It has the mask of dropout alone, and not its factor either. */
function isBeforeReLU(form: Form, goal: Form): boolean {
  return form.mask !== goal.mask && dropsUnits(form, goal) && !isNear(form.factor, goal.factor);
}
