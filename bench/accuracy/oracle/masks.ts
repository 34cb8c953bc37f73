/** Whether masks are independent coins: counted over many draws of a fixed stream. */

import type { Instance } from "../run/instance.ts";
import { seeded, type Random } from "../random.ts";
import type { Rows } from "../run/values.ts";
import { Wrong } from "./compare.ts";
import { randomNetwork, transposed, zip, type Masks, type Network } from "./network.ts";
import { runForward } from "./run-forward.ts";

/** Standard errors; the streams are fixed, so a right program is judged the same each time. */
const LIMIT = 5.6;

const KEEP_PROBS = [0.8, 0.3, 0.86, 0.05];

/** @throws Wrong where the masks are not Bernoulli(keep_prob), one coin for each unit and example */
export function checkMasks(instance: Instance): void {
  const network = randomNetwork(seeded("masks"), { nx: 3, n1: 18, n2: 22, m: 40 }, true);
  for (const keep_prob of KEEP_PROBS) {
    const rng = seeded(`draws ${keep_prob}`);
    const runs = [0, 1, 2].map(() => runForward(instance, { network, keep_prob, rng }).cache);
    for (const { D1, D2 } of runs)
      unrelated(D1, D2.slice(0, D1.length), { keep_prob, what: "D1 and D2" });
    for (const D of runs.slice(0, 1).flatMap(({ D1, D2 }) => [D1, D2])) checkOne(D, keep_prob);
    checkBetween(runs, keep_prob);
  }
  checkEntries(instance);
}

function checkBetween(runs: readonly Masks[], keep_prob: number): void {
  const [first, second, third] = runs;
  if (!first || !second || !third) return;
  const what = "masks of different calls";
  for (const layer of ["D1", "D2"] as const) {
    unrelated(first[layer], second[layer], { keep_prob, what });
    unrelated(second[layer], third[layer], { keep_prob, what });
    const together = [...first[layer], ...second[layer], ...third[layer]];
    checkShare(together.flat(), keep_prob, `the share of ${layer}`);
    for (const row of first[layer].keys()) {
      const unit = runs.flatMap((run) => run[layer][row] ?? []);
      checkShare(unit, keep_prob, `unit ${row} of ${layer}`);
    }
  }
}

function checkOne(D: Rows, keep_prob: number): void {
  const columns = transposed(D);
  columns.forEach((column, j) => checkShare(column, keep_prob, `example ${j}`));
  D.forEach((row, i) => {
    for (const other of D.slice(i + 1)) unrelated([row], [other], { keep_prob, what: "units" });
  });
  columns.forEach((column, j) => {
    for (const other of columns.slice(j + 1))
      unrelated([column], [other], { keep_prob, what: "examples", limit: 6.5 });
  });
}

function checkShare(coins: readonly number[], keep_prob: number, what: string): void {
  const kept = coins.reduce((sum, coin) => sum + coin, 0);
  const spread = Math.sqrt(coins.length * keep_prob * (1 - keep_prob));
  // Few coins are not normal: half a coin, and the tail of a Poisson.
  const slack = 2.5;
  if (Math.abs(kept - coins.length * keep_prob) > LIMIT * spread + slack)
    throw new Wrong(`${what}: ${kept} of ${coins.length} kept at ${keep_prob}`);
}

interface Related {
  keep_prob: number;
  what: string;
  limit?: number;
}

function unrelated(A: Rows, B: Rows, { keep_prob: p, what, limit = LIMIT }: Related): void {
  const products = zip(A, B, (a, b) => (a - p) * (b - p)).flat();
  const sum = products.reduce((total, x) => total + x, 0);
  // One rare pair weighs (1 - p)² / (p (1 - p)) standard units: leave room for three of them.
  const room = 3 * Math.max(p, 1 - p) ** 2;
  if (Math.abs(sum) > limit * p * (1 - p) * Math.sqrt(products.length) + room)
    throw new Wrong(`${what} are dropped together at ${p}`);
}

/** Over many small calls every single entry is dropped at some time and kept at some time. */
function checkEntries(instance: Instance): void {
  const network: Network = randomNetwork(seeded("entries"), { nx: 2, n1: 4, n2: 3, m: 3 }, true);
  const rng: Random = seeded("entries' draws");
  const runs = Array.from({ length: 60 }, () =>
    runForward(instance, { network, keep_prob: 0.5, rng }),
  );
  for (const layer of ["D1", "D2"] as const) {
    const total = runs
      .map(({ cache }) => cache[layer])
      .reduce((sum, D) => zip(sum, D, (a, b) => a + b));
    if (total.flat().some((kept) => kept === 0 || kept === runs.length))
      throw new Wrong(`an entry of ${layer} never changes`);
  }
}
