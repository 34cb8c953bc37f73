/** What a submission imports, and whether it may. */

import { posix } from "node:path";
import { ts } from "ts-morph";
import type { SourceProblem } from "../model/program.ts";
import type { Submission } from "../model/submission.ts";
import type { PlainFile } from "./blank.ts";
import { locationOf, shortText } from "./locate.ts";
import { nearest } from "./nearest.ts";
import { ownFile } from "./parse.ts";
import type { ParsedFile, ParsedProgram } from "./parse.ts";
import { isRelative, target } from "./resolve.ts";

const LIBRARY = "ml-matrix";

const PROBLEMS_SHOWN = 20;

export interface Imports {
  problems: SourceProblem[];
  /** As in `CompiledProgram.imports`. */
  resolved: Record<string, string>;
}

interface ImportSite {
  node: ts.Node;
  form: "import" | "require";
  /** Nothing where the name is computed. */
  specifier?: string;
}

/** Looks at every import that is left in the JavaScript, and at `import()` and `require()`. */
export function findImports(parsed: ParsedProgram, plain: readonly PlainFile[]): Imports {
  const problems: SourceProblem[] = [];
  const resolved: Record<string, string> = {};
  for (const [index, file] of parsed.files.entries()) {
    const kept = plain[index]?.specifiers ?? new Set();
    for (const site of importSites(file, kept, parsed.checker)) {
      const problem = problemOf(site, file.path, parsed.submission);
      if (problem !== undefined) problems.push(problem);
      const { specifier } = site;
      const own =
        specifier === undefined ? undefined : ownFile(parsed.submission, file.path, specifier);
      if (own !== undefined) resolved[`${file.path}\n${specifier}`] = own;
    }
  }
  return { problems: problems.slice(0, PROBLEMS_SHOWN), resolved };
}

/** What has to be in a text that imports by a call. */
const MAY_CALL = /\bimport\s*[(/]|\brequire\b/;

function importSites(
  file: ParsedFile,
  kept: ReadonlySet<string>,
  checker: ts.TypeChecker,
): ImportSite[] {
  const sites: ImportSite[] = [];
  for (const statement of file.source.statements) {
    const specifier = staticSpecifier(statement);
    if (specifier !== undefined && kept.has(specifier.text)) {
      sites.push({ node: specifier, form: "import", specifier: specifier.text });
    }
  }
  if (!MAY_CALL.test(file.source.text)) return sites;
  const visit = (node: ts.Node): void => {
    const site = callSite(node, checker);
    if (site !== undefined) sites.push(site);
    ts.forEachChild(node, visit);
  };
  visit(file.source);
  return sites;
}

// import … from "x"; import "x"; export … from "x"; but not `import type`
function staticSpecifier(statement: ts.Statement): ts.StringLiteral | undefined {
  if (ts.isImportDeclaration(statement)) {
    const typeOnly = statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return !typeOnly && ts.isStringLiteral(statement.moduleSpecifier)
      ? statement.moduleSpecifier
      : undefined;
  }
  if (!ts.isExportDeclaration(statement) || statement.isTypeOnly) return undefined;
  const specifier = statement.moduleSpecifier;
  return specifier !== undefined && ts.isStringLiteral(specifier) ? specifier : undefined;
}

// import("x"); require("x"); import x = require("x")
function callSite(node: ts.Node, checker: ts.TypeChecker): ImportSite | undefined {
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    return node.isTypeOnly ? undefined : siteOf(node, "require", node.moduleReference.expression);
  }
  if (!ts.isCallExpression(node)) return undefined;
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return siteOf(node, "import", node.arguments[0]);
  const { expression } = node;
  const isRequire =
    ts.isIdentifier(expression) &&
    expression.text === "require" &&
    checker.getSymbolAtLocation(expression)?.declarations === undefined;
  return isRequire && node.arguments.length === 1
    ? siteOf(node, "require", node.arguments[0])
    : undefined;
}

function siteOf(
  node: ts.Node,
  form: ImportSite["form"],
  name: ts.Expression | undefined,
): ImportSite {
  return name !== undefined && ts.isStringLiteralLike(name)
    ? { node, form, specifier: name.text }
    : { node, form };
}

function problemOf(
  site: ImportSite,
  from: string,
  submission: Submission,
): SourceProblem | undefined {
  const location = locationOf(site.node);
  const { specifier } = site;
  const forbidden = (detail: string): SourceProblem => ({
    id: "forbidden-import",
    location,
    detail,
  });
  const folder = posix.dirname(submission.entry);
  const allowed = `"${LIBRARY}" and your own files${folder === "." ? "" : ` in ${folder}/`}`;
  if (specifier === undefined) {
    return forbidden(
      `\`${shortText(site.node)}\` imports a name that is worked out while it runs; write the name out`,
    );
  }
  if (site.form === "require") {
    return forbidden(
      `\`require("${specifier}")\` does not work in a module; write \`import … from "${specifier}"\``,
    );
  }
  if (specifier === LIBRARY || ownFile(submission, from, specifier) !== undefined) return undefined;
  if (!isRelative(specifier)) {
    const problem = forbidden(`"${specifier}" cannot be imported here; only ${allowed} can`);
    const meant =
      nearest(LIBRARY, [specifier]) === undefined && !specifier.startsWith(`${LIBRARY}/`);
    return meant ? problem : { ...problem, suggestion: LIBRARY };
  }
  if (target(from, specifier, folder) === undefined) {
    return forbidden(
      `"${specifier}" lies outside of ${folder === "." ? "the folder" : `${folder}/`}; only ${allowed} can be imported`,
    );
  }
  return missing(site.node, { from, specifier, submission });
}

/** Files that may well lie there, and would not be looked at. */
const OF_ANOTHER_KIND = /^\.(json|node|wasm|css|txt|csv|[cm][jt]s|[jt]sx)$/;

function missing(
  node: ts.Node,
  wanted: { from: string; specifier: string; submission: Submission },
): SourceProblem {
  const location = locationOf(node);
  const extension = posix.extname(wanted.specifier);
  if (OF_ANOTHER_KIND.test(extension)) {
    const detail = `"${wanted.specifier}" names a ${extension} file; of your own files only .ts and .js can be imported`;
    return { id: "forbidden-import", location, detail };
  }
  const others = wanted.submission.files
    .map((file) => file.path)
    .filter((path) => path !== wanted.from);
  const relative = others.map((path) => {
    const way = posix.relative(posix.dirname(wanted.from), path);
    return way.startsWith(".") ? way : `./${way}`;
  });
  const suggestion = nearest(
    wanted.specifier.replace(/\.[jt]s$/, ""),
    relative.map((path) => path.replace(/\.[jt]s$/, "")),
  );
  return {
    id: "import-not-found",
    location,
    detail: `there is no file for "${wanted.specifier}" beside ${wanted.from}`,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}
