import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { QuickJSHandle } from "quickjs-emscripten-core";
import { handedOutIn } from "../assignment/handed-out.ts";
import type { CompiledFile } from "../model/compiled.ts";
import type { Location, Submission } from "../model/submission.ts";
import type { Instance } from "./instance.ts";

/** Something that student code threw, in strings that have been cut and nothing else. */
export interface Thrown {
  kind: "error" | "stack-overflow" | "out-of-memory";
  name: string;
  message: string;
  at?: Location;
}

/** Finds a student's own lines again from positions in the compiled code. */
export type Locate = (stack: string) => Location | undefined;

export function readThrown(instance: Instance, thrown: QuickJSHandle, locate: Locate): Thrown {
  const result = instance.reader("readThrown", thrown);
  if (result.error) return { kind: "out-of-memory", name: "InternalError", message: "" };
  const text = result.value.consume((handle) => instance.judge.getString(handle));
  const { name, message, stack } = narrowThrown(JSON.parse(text));
  const at = locate(name === "NotWrittenYet" ? callerOf(stack) : stack);
  const kind = kindOf(instance, name, message);
  return { kind, name, message, ...(at === undefined ? {} : { at }) };
}

/** The template's place-holder throws for whoever calls it: theirs is the line to show. */
function callerOf(stack: string): string {
  return stack.slice(stack.indexOf("\n") + 1);
}

function narrowThrown(value: unknown): { name: string; message: string; stack: string } {
  const textOf = (key: string): string => {
    const part: unknown =
      typeof value === "object" && value !== null ? Reflect.get(value, key) : "";
    return typeof part === "string" ? part : "";
  };
  return { name: textOf("name"), message: textOf("message"), stack: textOf("stack") };
}

/** The engine throws `null` where there is no memory left even for an error. */
function kindOf(instance: Instance, name: string, message: string): Thrown["kind"] {
  // The engine's own parsers (`JSON.parse`, `eval`) call theirs a SyntaxError.
  if (message === "stack overflow" && /^(Internal|Syntax)Error$/.test(name))
    return "stack-overflow";
  // Another build of the engine says it as browsers do.
  if (name === "RangeError" && message === "Maximum call stack size exceeded")
    return "stack-overflow";
  if (name === "InternalError" && message.startsWith("out of memory")) return "out-of-memory";
  return name === "thrown null" && instance.full() ? "out-of-memory" : "error";
}

/** The line from 1, the column from 0. */
interface Place {
  line: number;
  column: number;
}

const FRAME = /\(?([^\s()]+):(\d+):(\d+)\)?$/;

/**
 * Locates the innermost frame that is in one of the compiled files, and not in a helper of the
 * starter where there is another: it stopped for what it was given.
 */
export function makeLocate(files: readonly CompiledFile[], submission: Submission): Locate {
  const maps = new Map<string, TraceMap>();
  const original = (file: CompiledFile, at: Place): Place | undefined => {
    if (file.map === undefined) return at;
    const map = maps.get(file.path) ?? new TraceMap(file.map);
    maps.set(file.path, map);
    const { line, column } = originalPositionFor(map, at);
    return line === null ? undefined : { line, column };
  };
  const handedOut = handedOutIn(submission);
  return (stack) => {
    let given: Location | undefined;
    for (const frame of stack.split("\n")) {
      const [, path, line, column] = FRAME.exec(frame.trim()) ?? [];
      const file = files.find((candidate) => candidate.path === path);
      if (file === undefined) continue;
      const position = { line: Number(line), column: Math.max(0, Number(column) - 1) };
      const found = original(file, position);
      if (found === undefined) continue;
      const text = submission.files.find((candidate) => candidate.path === file.path)?.text ?? "";
      const at = wordAt(text, { file: file.path, line: found.line, column: found.column + 1 });
      if (!handedOut.has(file.path)) return at;
      given ??= at;
    }
    return given;
  };
}

/** The word or sign that begins at a place. */
function wordAt(text: string, start: Pick<Location, "file" | "line" | "column">): Location {
  const line = text.split(/\r\n|[\n\r\u2028\u2029]/)[start.line - 1] ?? "";
  const [word = " "] = /^[\w$]+/.exec(line.slice(start.column - 1)) ?? [];
  return { ...start, endLine: start.line, endColumn: start.column + word.length };
}
