/**
 * Parses a submission, once. The program binds names across the student's own files and never
 * checks types: it has no library, sees no file but those given to it, and touches no disk.
 */

import { ts } from "ts-morph";
import type { Submission } from "../model/submission.ts";
import { internalName } from "./locate.ts";
import { candidates, isRelative, target } from "./resolve.ts";
import { posix } from "node:path";

export interface ParsedFile {
  path: string;
  source: ts.SourceFile;
}

export interface ParsedProgram {
  submission: Submission;
  /** In the order of the submission: the entry first. */
  files: ParsedFile[];
  program: ts.Program;
  /** Used to find what a name stands for. */
  checker: ts.TypeChecker;
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  allowJs: true,
  noLib: true,
  noCheck: true,
  types: [],
  sourceMap: true,
  rootDir: "/",
  outDir: "/out",
  newLine: ts.NewLineKind.LineFeed,
};

/** Parses every file. Throws RangeError where the source is nested too deeply. */
export function parse(submission: Submission): ParsedProgram {
  const files = submission.files.map((file, index): ParsedFile => {
    const name = internalName(index, file.path);
    return {
      path: file.path,
      source: ts.createSourceFile(name, file.text, ts.ScriptTarget.ES2023, true),
    };
  });
  const rootNames = files.map((file) => file.source.fileName);
  const program = ts.createProgram({
    rootNames,
    options: OPTIONS,
    host: hostFor(submission, files),
  });
  return { submission, files, program, checker: program.getTypeChecker() };
}

/** The path of the submission's own file that an import means, if it is there. */
export function ownFile(
  submission: Submission,
  from: string,
  specifier: string,
): string | undefined {
  if (!isRelative(specifier)) return undefined;
  const path = target(from, specifier, posix.dirname(submission.entry));
  const paths = new Set(submission.files.map((file) => file.path));
  return path === undefined
    ? undefined
    : candidates(path).find((candidate) => paths.has(candidate));
}

function hostFor(submission: Submission, files: readonly ParsedFile[]): ts.CompilerHost {
  const byName = new Map(files.map((file) => [file.source.fileName, file.source]));
  const byPath = new Map(files.map((file) => [file.path, file.source.fileName]));
  const pathOfName = new Map(files.map((file) => [file.source.fileName, file.path]));
  const resolve = (specifier: string, from: string): ts.ResolvedModuleFull | undefined => {
    const path = ownFile(submission, pathOfName.get(from) ?? "", specifier);
    const resolvedFileName = path === undefined ? undefined : byPath.get(path);
    if (resolvedFileName === undefined) return undefined;
    const extension = resolvedFileName.endsWith(".js") ? ts.Extension.Js : ts.Extension.Ts;
    return { resolvedFileName, extension, isExternalLibraryImport: false };
  };
  return {
    getSourceFile: (name) => byName.get(name),
    resolveModuleNameLiterals: (literals, from) =>
      literals.map((literal) => ({ resolvedModule: resolve(literal.text, from) })),
    // `/// <reference …>` in a submission must lead nowhere.
    resolveTypeReferenceDirectiveReferences: (references) =>
      references.map(() => ({ resolvedTypeReferenceDirective: undefined })),
    fileExists: () => false,
    readFile: () => undefined,
    writeFile: () => undefined,
    getDefaultLibFileName: () => "/lib.d.ts",
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
}
