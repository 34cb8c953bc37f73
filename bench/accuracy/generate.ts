/** The programs that nobody wrote by hand. */

import { correctPrograms } from "./corpus.ts";
import { mutants, type Mutant } from "./mutate/mutate.ts";
import { examine, type Verdict } from "./oracle/oracle.ts";
import { wholeText, type Program } from "./program.ts";
import { seeded } from "./random.ts";
import { rewrite } from "./rewrite/rewrite.ts";

export interface Rewriting {
  program: Program;
  kinds: string[];
  verdict: Verdict;
}

export interface Rewritings {
  right: Rewriting[];
  /** Made by a rewriting that went wrong, as the oracle says: not used. */
  discarded: Rewriting[];
}

/** As many distinct programs as asked for, all of them right as far as the oracle can see. */
export async function rewritings(count: number, seed: string): Promise<Rewritings> {
  const originals = correctPrograms();
  const seen = new Set(originals.map(wholeText));
  const found: Rewritings = { right: [], discarded: [] };
  for (let k = 0; found.right.length < count && k < 3 * count; k++) {
    const original = originals[k % originals.length];
    if (original === undefined) break;
    const { program, kinds } = rewrite(original, seeded(`${seed} ${k}`));
    const named = { ...program, id: `${String(k).padStart(5, "0")}--${original.id}` };
    if (seen.has(wholeText(named))) continue;
    seen.add(wholeText(named));
    const verdict = await examine(named);
    found[verdict.isRight ? "right" : "discarded"].push({ program: named, kinds, verdict });
  }
  return found;
}

export interface JudgedMutant extends Mutant {
  verdict: Verdict;
}

/** Mutants of the hand-written correct programs, each with the oracle's verdict. */
export async function judgedMutants(count: number, seed: string): Promise<JudgedMutant[]> {
  const judged: JudgedMutant[] = [];
  for (const mutant of mutants(correctPrograms(), count, seeded(`mutants ${seed}`)))
    judged.push({ ...mutant, verdict: await examine(mutant.program) });
  return judged;
}
