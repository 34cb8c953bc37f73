/** Makes wrong programs from right ones by one edit each. Whether they are wrong, the oracle says. */

import { pick, shuffled, type Random } from "../random.ts";
import { wholeText, type Program } from "../program.ts";
import { applyEdits, viewOf } from "../rewrite/view.ts";
import type { Operator } from "./mutant.ts";
import { CALL_OPERATORS } from "./calls.ts";
import { WORD_OPERATORS } from "./operators.ts";

const OPERATORS: readonly Operator[] = [...WORD_OPERATORS, ...CALL_OPERATORS];

export interface Mutant {
  program: Program;
  /** The program that it was made from. */
  original: Program;
  kind: string;
  file: string;
  line: number;
  /** Where the edit begins in the file; the same offset before and after it. */
  start: number;
  before: string;
  after: string;
}

/** As many mutants as asked for, no two alike, the kinds in turn. */
export function mutants(originals: readonly Program[], count: number, random: Random): Mutant[] {
  const found: Mutant[] = [];
  const seen = new Set<string>();
  for (let k = 0; found.length < count && k < 20 * count; k++) {
    const operator = OPERATORS[k % OPERATORS.length];
    const original = pick(random, originals);
    const mutant = operator && original && mutate(original, operator, random);
    const key = mutant && original.id + wholeText(mutant.program);
    if (mutant === undefined || key === undefined || seen.has(key)) continue;
    seen.add(key);
    const id = `${String(found.length).padStart(4, "0")}-${mutant.kind}--${mutant.original.id}`;
    found.push({ ...mutant, program: { ...mutant.program, id } });
  }
  return found;
}

function mutate(original: Program, { kind, edits }: Operator, random: Random): Mutant | undefined {
  for (const [file, text] of shuffled(random, [...original.files])) {
    const view = viewOf(text);
    const edit = pick(random, edits(view));
    if (edit === undefined) continue;
    const files = new Map([...original.files, [file, applyEdits(text, [edit])]]);
    const { line } = view.source.getLineAndCharacterOfPosition(edit.start);
    return {
      program: { id: original.id, files },
      original,
      kind,
      file,
      line: line + 1,
      start: edit.start,
      before: text.slice(edit.start, edit.end),
      after: edit.text,
    };
  }
  return undefined;
}
