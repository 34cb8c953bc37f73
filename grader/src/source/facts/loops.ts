/** How far a loop goes that a place stands in. */

import { ts } from "ts-morph";
import type { Location } from "../../model/submission.ts";
import { locationOf, spanIn } from "../locate.ts";
import { namedFunctionAround } from "./calls.ts";
import { outward } from "./syntax.ts";

/**
 * The heads of the loops around a node, inside its function, the outermost first; or else the
 * `return` or `break` alone that leaves one of them in its first round, whatever happens.
 */
export function loopsAround(node: ts.Node): Location[] {
  const fn = namedFunctionAround(node);
  const heads: Location[] = [];
  for (const current of outward(node, fn)) {
    if (!ts.isIterationStatement(current, false)) continue;
    const exit = exitOf(current);
    if (exit !== undefined) return [locationOf(exit)];
    const file = current.getSourceFile();
    heads.unshift(spanIn(file, current.getStart(file), current.statement.pos));
  }
  return heads;
}

function exitOf({ statement }: ts.IterationStatement): ts.Statement | undefined {
  const statements = ts.isBlock(statement) ? statement.statements : [statement];
  return statements.find((each) => ts.isReturnStatement(each) || ts.isBreakStatement(each));
}
