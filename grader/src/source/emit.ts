/** TypeScript to plain JavaScript by TypeScript's own emitter, for what takes more than blanks. */

import { ts } from "ts-morph";
import type { PlainFile } from "./blank.ts";
import { pathOf } from "./locate.ts";
import type { ParsedProgram } from "./parse.ts";

/** The fields of a source map (version 3) that are used here. */
interface SourceMap {
  version: 3;
  sources: string[];
  names: string[];
  mappings: string;
}

/** Every file as JavaScript, in the order of the submission. Throws RangeError where it is nested too deeply. */
export function emit(parsed: ParsedProgram): PlainFile[] {
  const specifiers = new Map<string, Set<string>>();
  const output = new Map<string, string>();
  const collect: ts.TransformerFactory<ts.SourceFile> = () => (file) => {
    specifiers.set(pathOf(file), remaining(file));
    return file;
  };
  const write: ts.WriteFileCallback = (name, text, _mark, _onError, sources) => {
    const [source] = sources ?? [];
    if (source !== undefined)
      output.set(`${pathOf(source)}${name.endsWith(".map") ? ".map" : ""}`, text);
  };
  parsed.program.emit(undefined, write, undefined, false, { after: [collect] });
  return parsed.files.map(({ path }) => ({
    path,
    code: (output.get(path) ?? "").replace(/\n?\/\/# sourceMappingURL=[^\n]*\n?$/, "\n"),
    map: renamed(output.get(`${path}.map`), path),
    specifiers: specifiers.get(path) ?? new Set(),
  }));
}

function remaining(file: ts.SourceFile): Set<string> {
  const found = new Set<string>();
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
    const specifier = statement.moduleSpecifier;
    if (specifier !== undefined && ts.isStringLiteral(specifier)) found.add(specifier.text);
  }
  return found;
}

/** The map with the student's own path as its source. */
function renamed(map: string | undefined, path: string): string {
  if (map === undefined)
    return JSON.stringify({ version: 3, sources: [path], names: [], mappings: "" });
  // TypeScript wrote it a moment ago.
  const { names, mappings } = JSON.parse(map) as SourceMap;
  return JSON.stringify({ version: 3, sources: [path], names, mappings });
}
