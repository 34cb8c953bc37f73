/** An export that is missing, and the name that was probably meant to be it. */

import { ts } from "ts-morph";
import type { SourceProblem } from "../model/program.ts";
import { FUNCTION_NAMES } from "../model/submission.ts";
import type { FunctionName } from "../model/submission.ts";
import { firstLine, locationOf, pathOf } from "./locate.ts";
import { folded, foreignCharacters, nearest, nearness } from "./nearest.ts";
import type { ParsedProgram } from "./parse.ts";

interface Named {
  name: string;
  node: ts.Node;
  /** The class that it is a method of. */
  within?: string;
}

/** Says where the function is, or should be, when `exported` does not have it. */
export function missingExport(
  fn: FunctionName,
  parsed: ParsedProgram,
  exported: readonly string[],
): SourceProblem {
  const [entry] = parsed.files;
  if (entry === undefined) return { id: "export-missing", fn, detail: `\`${fn}\` is not exported` };
  const written = declaredNames(entry.source);
  const local = written.find((item) => item.name === fn);
  if (local !== undefined) return unexported(fn, local, entry.source);
  const near = nearestFor(
    fn,
    exported.filter((name) => name !== "default"),
  );
  if (near !== undefined) return misspelt(fn, near, written, entry.source);
  const similar = nearestFor(
    fn,
    written.map((item) => item.name),
  );
  const found = written.find((item) => item.name === similar);
  if (found !== undefined)
    return problem(
      fn,
      found.node,
      `${sayName(found)} is written here, but no \`${fn}\` is exported`,
      found.name,
    );
  return elsewhere(fn, parsed) ?? nowhere(fn, entry, exported);
}

/** Written in another file of the submission, which the entry does not pass on. */
function elsewhere(fn: FunctionName, { files }: ParsedProgram): SourceProblem | undefined {
  const [entry, ...others] = files;
  for (const other of others) {
    const there = declaredNames(other.source).find(
      (item) => item.name === fn && item.within === undefined,
    );
    if (there !== undefined && entry !== undefined) {
      const words = `\`${fn}\` is written in ${other.path}, but ${entry.path} does not export it`;
      return problem(fn, there.node, words);
    }
  }
  return undefined;
}

function nowhere(
  fn: FunctionName,
  entry: ParsedProgram["files"][number],
  exported: readonly string[],
): SourceProblem {
  const only =
    exported.length === 1 && exported[0] === "default" ? "; it has a default export only" : "";
  return {
    id: "export-missing",
    fn,
    location: firstLine(entry.source),
    detail: `${entry.path} does not export \`${fn}\`${only}`,
  };
}

function problem(
  fn: FunctionName,
  node: ts.Node,
  detail: string,
  suggestion?: string,
): SourceProblem {
  const shared = { id: "export-missing" as const, fn, location: locationOf(node), detail };
  return suggestion === undefined ? shared : { ...shared, suggestion };
}

function unexported(fn: FunctionName, local: Named, file: ts.SourceFile): SourceProblem {
  if (local.within !== undefined) {
    return problem(
      fn,
      local.node,
      `${sayName(local)}; the module itself has to export a function \`${fn}\``,
    );
  }
  if (/\bmodule\.exports\b|\bexports\.\w/.test(file.text)) {
    return problem(
      fn,
      local.node,
      `\`${fn}\` is set on \`module.exports\`, which does not exist in a module; write \`export\` instead`,
    );
  }
  return problem(fn, local.node, `\`${fn}\` is written in ${pathOf(file)}, but not exported`);
}

function misspelt(
  fn: FunctionName,
  name: string,
  written: readonly Named[],
  file: ts.SourceFile,
): SourceProblem {
  const node = written.find((item) => item.name === name)?.node ?? exportSpecifier(file, name);
  const foreign = folded(name) === folded(fn) ? foreignCharacters(name) : "";
  const detail = `the export is called \`${name}\`, and \`${fn}\` is needed${foreign === "" ? "" : ` (${foreign})`}`;
  if (node !== undefined) return problem(fn, node, detail, name);
  return { id: "export-missing", fn, location: firstLine(file), detail, suggestion: name };
}

function sayName(item: Named): string {
  return item.within === undefined
    ? `\`${item.name}\``
    : `\`${item.name}\` is a method of the class \`${item.within}\``;
}

/** The nearest of the names that are nearer to `fn` than to the other two functions. */
function nearestFor(fn: FunctionName, names: readonly string[]): string | undefined {
  const away = (name: string, wanted: string): number =>
    nearness(name, wanted) ?? Number.POSITIVE_INFINITY;
  const own = names.filter(
    (name) =>
      FUNCTION_NAMES.every((other) => name !== other) &&
      FUNCTION_NAMES.every((other) => away(name, fn) <= away(name, other)),
  );
  return nearest(fn, own);
}

// export { g as predictt }
function exportSpecifier(file: ts.SourceFile, name: string): ts.Node | undefined {
  for (const statement of file.statements) {
    if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined) continue;
    if (!ts.isNamedExports(statement.exportClause)) continue;
    const found = statement.exportClause.elements.find((element) => element.name.text === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The functions, variables and methods that a file declares at its top. */
function declaredNames(file: ts.SourceFile): Named[] {
  return file.statements.flatMap((statement): Named[] => {
    if (ts.isFunctionDeclaration(statement) && statement.name !== undefined) {
      return [{ name: statement.name.text, node: statement.name }];
    }
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? [{ name: name.text, node: name }] : [],
      );
    }
    if (ts.isClassDeclaration(statement)) return methodsOf(statement);
    return commonJsName(statement);
  });
}

function methodsOf(node: ts.ClassDeclaration): Named[] {
  const within = node.name?.text ?? "default";
  return node.members.flatMap((member): Named[] =>
    ts.isMethodDeclaration(member) && ts.isIdentifier(member.name)
      ? [{ name: member.name.text, node: member.name, within }]
      : [],
  );
}

// exports.predict = …; module.exports.predict = …
function commonJsName(statement: ts.Statement): Named[] {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression))
    return [];
  const { left } = statement.expression;
  if (
    !ts.isPropertyAccessExpression(left) ||
    !/^(module\.)?exports$/.test(left.expression.getText())
  )
    return [];
  return [{ name: left.name.text, node: left }];
}
