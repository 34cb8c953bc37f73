/** Rewrites a program without changing what it computes: some kinds at random, one after another. */

import { pick, shuffled, type Random } from "../random.ts";
import type { Program } from "../program.ts";
import * as control from "./control.ts";
import * as functions from "./functions.ts";
import * as helpers from "./helpers.ts";
import * as matrices from "./matrices.ts";
import * as names from "./names.ts";
import * as operators from "./operators.ts";
import type { Rule } from "./rule.ts";
import * as statements from "./statements.ts";
import { applyEdits, overlap, viewOf, type Edit } from "./view.ts";
import { compileDown, minify, reprint, respace, splitFile, type WholeRule } from "./whole.ts";

export const RULES: readonly Rule[] = [
  names.rename,
  names.brackets,
  names.longhand,
  names.undestructure,
  operators.flipComparison,
  operators.negateComparison,
  operators.commute,
  operators.reciprocal,
  operators.mirrorDraw,
  operators.knownForms,
  matrices.scaleBeforeMask,
  matrices.reciprocalCall,
  matrices.staticCall,
  matrices.ownLoop,
  matrices.unusedDraw,
  control.ternaryToIf,
  control.ifToTernary,
  control.forToWhile,
  control.forToForOf,
  control.forToForEach,
  control.backwardLoop,
  control.interchangeLoops,
  statements.splitDeclarations,
  statements.mergeDeclarations,
  statements.constToLet,
  statements.declareFirst,
  statements.reorder,
  statements.moveUp,
  statements.deadCode,
  functions.arrowToBlock,
  functions.declarationToConst,
  functions.wrapBody,
  functions.delegate,
  functions.namespaced,
  helpers.extractLocal,
  helpers.inlineLocal,
  helpers.extractHelper,
  helpers.inlineHelper,
];

/** The last touch: after these a program is hard to rewrite further. */
const WHOLE: readonly WholeRule[] = [splitFile, reprint, minify, compileDown, respace];

export interface Rewritten {
  program: Program;
  /** What was done, in order. */
  kinds: string[];
}

/** Some steps of some kinds at a time. */
export function rewrite(original: Program, random: Random): Rewritten {
  let { files } = original;
  const kinds: string[] = [];
  const wanted = 3 + Math.floor(random() * 8);
  for (const rule of shuffled(random, RULES)) {
    if (kinds.length >= wanted) break;
    const next = step(files, rule, random);
    if (next === undefined) continue;
    files = next;
    kinds.push(rule.kind);
  }
  const last = random() < 0.5 ? pick(random, WHOLE) : undefined;
  const printed = last?.apply(files, random);
  if (last !== undefined && printed !== undefined) {
    files = printed;
    kinds.push(last.kind);
  }
  return { program: { id: original.id, files }, kinds };
}

/** One kind at some of the places of one file; undefined where there is no place for it. */
export function step(
  files: Program["files"],
  rule: Rule,
  random: Random,
): Program["files"] | undefined {
  for (const [name, text] of shuffled(random, [...files])) {
    const edits = chosen(text, rule, random);
    if (edits.length > 0) return new Map([...files, [name, applyEdits(text, edits)]]);
  }
  return undefined;
}

/** All sites, or some of them, or one. */
function chosen(text: string, rule: Rule, random: Random): Edit[] {
  const sites = shuffled(random, rule.sites(viewOf(text)));
  const most = pick(random, [1, 2, 4, 50]) ?? 1;
  const edits: Edit[] = [];
  let taken = 0;
  for (const site of sites) {
    if (taken >= most) break;
    const wanted = site(random);
    if (wanted.length === 0 || overlap(edits, wanted)) continue;
    edits.push(...wanted);
    taken += 1;
  }
  return edits;
}
