/** How far a loop goes that a place stands in. */

import { ts } from "ts-morph";
import type { Location } from "../../model/submission.ts";
import { locationOf, spanIn } from "../locate.ts";
import { namedFunctionAround } from "./calls.ts";

/**
 * The head of the outermost loop around a node, inside its function; or else the `return` or
 * `break` that leaves one of the loops in its first round, whatever happens.
 */
export function loopAround(node: ts.Node): Location | undefined {
  const fn = namedFunctionAround(node);
  let outermost: ts.IterationStatement | undefined;
  for (
    let current = node;
    current !== fn && current.parent !== undefined;
    current = current.parent
  ) {
    if (!ts.isIterationStatement(current, false)) continue;
    const exit = exitOf(current);
    if (exit !== undefined) return locationOf(exit);
    outermost = current;
  }
  if (outermost === undefined) return undefined;
  const file = outermost.getSourceFile();
  return spanIn(file, outermost.getStart(file), outermost.statement.pos);
}

function exitOf({ statement }: ts.IterationStatement): ts.Statement | undefined {
  const statements = ts.isBlock(statement) ? statement.statements : [statement];
  return statements.find((each) => ts.isReturnStatement(each) || ts.isBreakStatement(each));
}
