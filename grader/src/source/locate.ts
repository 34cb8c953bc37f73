/** Places in the student's text. Lines and columns count from 1. */

import type { ts } from "ts-morph";
import type { Location } from "../model/submission.ts";

/** Where a node is written, without the blanks and comments before it. */
export function locationOf(node: ts.Node): Location {
  const file = node.getSourceFile();
  return spanIn(file, node.getStart(file), node.end);
}

/** From one offset to another, the end exclusive. */
export function spanIn(file: ts.SourceFile, start: number, end: number): Location {
  const from = file.getLineAndCharacterOfPosition(start);
  const to = file.getLineAndCharacterOfPosition(Math.max(start, end));
  return {
    file: pathOf(file),
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}

/** The first line of a file. */
export function firstLine(file: ts.SourceFile): Location {
  const end = file.text.search(/\r|\n|$/);
  return spanIn(file, 0, end);
}

/** A file's name inside the compiler: unique also where `x.ts` and `x.js` lie side by side. */
export function internalName(index: number, path: string): string {
  return `/${index}/${path}`;
}

/** The student's path of a file of the compiler. */
export function pathOf(file: ts.SourceFile): string {
  return file.fileName.replace(/^\/\d+\//, "");
}

/** Source text on one line, cut to `limit` characters. */
export function shortText(node: ts.Node, limit = 80): string {
  const text = node.getText().replace(/\s+/g, " ");
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}
