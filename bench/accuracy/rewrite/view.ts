/** One file of a program as a syntax tree, and changes to its text. */

import ts from "typescript";

/** A file, parsed and bound; types are not looked at. */
export interface View {
  text: string;
  source: ts.SourceFile;
  /** Every node, outer before inner. */
  nodes: readonly ts.Node[];
  textOf(node: ts.Node): string;
  /** What a name stands for in this file. */
  symbolOf(name: ts.Identifier): ts.Symbol | undefined;
  /** A name that the file does not have, and another one each time. */
  freshName(wish: string): string;
}

/** Text to put in the place of what is between two positions. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

const FILE = "/file.ts";

export function viewOf(text: string): View {
  const source = ts.createSourceFile(FILE, text, ts.ScriptTarget.ES2023, true);
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  let checker: ts.TypeChecker | undefined;
  const given = new Set<string>();
  const freshName = (wish: string): string => {
    for (let k = 0; ; k++) {
      const name = k === 0 ? wish : `${wish}${k}`;
      const isFree = !given.has(name) && !text.includes(name);
      given.add(name);
      if (isFree) return name;
    }
  };
  return {
    text,
    source,
    nodes,
    freshName,
    textOf: (node) => node.getText(source),
    symbolOf(name) {
      checker ??= checkerFor(source);
      return ts.isShorthandPropertyAssignment(name.parent)
        ? checker.getShorthandAssignmentValueSymbol(name.parent)
        : checker.getSymbolAtLocation(name);
    },
  };
}

function checkerFor(source: ts.SourceFile): ts.TypeChecker {
  const host: ts.CompilerHost = {
    getSourceFile: (name) => (name === FILE ? source : undefined),
    fileExists: () => false,
    readFile: () => undefined,
    writeFile: () => undefined,
    getDefaultLibFileName: () => "/lib.d.ts",
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
  const options = { noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.ES2023 };
  return ts.createProgram([FILE], options, host).getTypeChecker();
}

/** The text with all edits made; of two that overlap, the first in the list is made. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const accepted: Edit[] = [];
  for (const edit of edits) {
    const isFree = accepted.every((other) => edit.end <= other.start || edit.start >= other.end);
    if (isFree) accepted.push(edit);
  }
  let result = text;
  for (const { start, end, text: put } of accepted.toSorted(
    (a, b) => b.start - a.start || b.end - a.end,
  ))
    result = result.slice(0, start) + put + result.slice(end);
  return result;
}

/** Whether sets of edits can be made in one go. */
export function overlap(a: readonly Edit[], b: readonly Edit[]): boolean {
  return a.some((x) => b.some((y) => (x.start < y.end && y.start < x.end) || x.start === y.start));
}

export const replace = (node: ts.Node, text: string): Edit => ({
  start: node.getStart(),
  end: node.getEnd(),
  text,
});

export const insertBefore = (node: ts.Node, text: string): Edit => ({
  start: node.getStart(),
  end: node.getStart(),
  text,
});
