/** One edit that may spoil a program. */

import ts from "typescript";
import type { Edit, View } from "../rewrite/view.ts";

/** One way to spoil a program with one edit. */
export interface Operator {
  kind: string;
  /** Every single edit of this kind that a file offers. */
  edits(view: View): Edit[];
}

type Is<T extends ts.Node> = (node: ts.Node) => node is T;

/** An operator that looks at one sort of node. */
export function onEach<T extends ts.Node>(
  kind: string,
  is: Is<T>,
  edits: (node: T, view: View) => (Edit | undefined)[],
): Operator {
  return {
    kind,
    edits: (view) =>
      view.nodes
        .filter(is)
        .flatMap((node) => edits(node, view))
        .filter((edit) => edit !== undefined),
  };
}

/** In a type, or in an import. */
export const inType = (node: ts.Node): boolean =>
  ts.findAncestor(
    node,
    (outer) => ts.isTypeNode(outer) || ts.isTypeElement(outer) || ts.isImportDeclaration(outer),
  ) !== undefined;
