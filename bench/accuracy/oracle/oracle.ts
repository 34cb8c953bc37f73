/**
 * Decides whether a program does what the contract asks for. Shares no code with the grader: the
 * program runs in this process, the reference is on plain arrays, masks are counted.
 */

import { bundle } from "../run/bundle.ts";
import { compile, type Instance } from "../run/instance.ts";
import type { Program } from "../program.ts";
import { seeded } from "../random.ts";
import { Wrong } from "./compare.ts";
import { checkMasks } from "./masks.ts";
import { randomNetwork, type Sizes } from "./network.ts";
import { MADE_ANEW, madeCache, runBackward, type BackwardAsk } from "./run-backward.ts";
import { runForward, type ForwardRun } from "./run-forward.ts";
import { checkPredict } from "./run-predict.ts";

/** Right, or wrong with the reason for each function that is. */
export interface Verdict {
  isRight: boolean;
  reasons: Partial<Record<"load" | "forward" | "masks" | "backward" | "predict", string>>;
}

const CASES: readonly [sizes: Sizes, keep_prob: number][] = [
  [{ nx: 4, n1: 6, n2: 7, m: 9 }, 0.8],
  [{ nx: 3, n1: 5, n2: 5, m: 8 }, 0.3],
  [{ nx: 2, n1: 7, n2: 4, m: 6 }, 0.86],
  [{ nx: 3, n1: 6, n2: 5, m: 1 }, 0.7],
  [{ nx: 5, n1: 4, n2: 6, m: 7 }, 1],
  [{ nx: 3, n1: 8, n2: 6, m: 10 }, 0.05],
];

/** Judges a program by the contract alone. */
export async function examine(program: Program): Promise<Verdict> {
  let fresh: () => Instance;
  try {
    fresh = compile(await bundle(program));
    fresh();
  } catch (error) {
    return { isRight: false, reasons: { load: wordsOf(error) } };
  }
  const parts = {
    forward: () => checkForward(fresh),
    masks: () => checkMasks(fresh()),
    backward: () => checkBackward(fresh),
    predict: () => checkPredict(fresh()),
  };
  const reasons: Verdict["reasons"] = {};
  for (const [name, check] of Object.entries(parts)) {
    const reason = attempt(check);
    // The keys are those of `parts`.
    if (reason !== undefined) reasons[name as keyof typeof parts] = reason;
  }
  return { isRight: Object.keys(reasons).length === 0, reasons };
}

function attempt(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return error instanceof Wrong ? error.message : `threw: ${wordsOf(error)}`;
  }
}

const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

function checkForward(fresh: () => Instance): void {
  const instance = fresh();
  CASES.forEach(([sizes, keep_prob], k) => {
    const network = randomNetwork(seeded(`forward ${k}`), sizes);
    const ask = (seed: string) => ({ network, keep_prob, rng: seeded(seed) });
    const first = runForward(instance, ask("a"));
    runForward(instance, ask("b"));
    for (const again of [runForward(instance, ask("a")), runForward(fresh(), ask("a"))])
      if (masksOf(again) !== masksOf(first)) throw new Wrong("the same draws give other masks");
  });
  checkDefault(instance);
}

/** What draws without an `rng` must drop something. That it has a default at all, the contract leaves open. */
function checkDefault(instance: Instance): void {
  const network = randomNetwork(seeded("no rng"), { nx: 3, n1: 4, n2: 5, m: 6 });
  const own = orStopped(() => runForward(instance, { network, keep_prob: 0.5 }));
  const kept = own && [...own.cache.D1, ...own.cache.D2].flat();
  if (kept && !(kept.includes(0) && kept.includes(1))) throw new Wrong("no masks without an rng");
}

function orStopped<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof Wrong) throw error;
    return undefined;
  }
}

const masksOf = ({ cache }: ForwardRun): string => JSON.stringify([cache.D1, cache.D2]);

function checkBackward(fresh: () => Instance): void {
  const instance = fresh();
  const style = runForward(fresh(), {
    network: randomNetwork(seeded("style"), { nx: 3, n1: 8, n2: 9, m: 12 }),
    keep_prob: 0.5,
    rng: seeded("style"),
  });
  const made = CASES.map(([sizes, keep_prob], k) =>
    madeCache(seeded(`made ${k}`), randomNetwork(seeded(`backward ${k}`), sizes), {
      keep_prob,
      style,
    }),
  );
  // On an instance that has never run forward, and again after it has.
  const asTaken = wayOfTaking(instance, made);
  CASES.forEach(([sizes, keep_prob], k) => {
    const network = randomNetwork(seeded(`own ${k}`), sizes);
    const { raw, cache } = runForward(instance, { network, keep_prob, rng: seeded(`own ${k}`) });
    runBackward(instance, { network, given: raw, cache, keep_prob });
    for (const ask of made.slice(k, k + 1)) runBackward(instance, asTaken(ask));
    runBackward(instance, { network, given: raw, cache, keep_prob });
  });
}

/** How the program takes a cache whose A is not masked. @throws Wrong where it does in no way that is right */
function wayOfTaking(instance: Instance, made: readonly BackwardAsk[]): (typeof MADE_ANEW)[number] {
  const wrong: unknown[] = [];
  for (const way of MADE_ANEW) {
    try {
      for (const ask of made) runBackward(instance, way(ask));
      return way;
    } catch (error) {
      wrong.push(error);
    }
  }
  throw wrong[0];
}
