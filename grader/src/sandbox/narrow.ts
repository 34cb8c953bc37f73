import { FUNCTION_NAMES } from "../model/submission.ts";
import type { RawOutcome, Reply } from "./messages.ts";

/**
 * A message of the worker, looked at before it is believed: someone who had broken out of the
 * engine could send any. Nothing where it is not one that the worker sends.
 */
export function narrowReply(message: unknown): Reply | undefined {
  if (!isObject(message)) return undefined;
  if (message["kind"] === "ready") return { kind: "ready" };
  if (!isString(message["run"]) || !isReply(message)) return undefined;
  // Each kind's check covers every property that is read from it, which the compiler cannot see.
  const reply = message as unknown as Reply;
  return reply;
}

type Unknown = Record<string, unknown>;

function isObject(value: unknown): value is Unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function isListOf(value: unknown, check: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(check);
}

function isReply(message: Unknown): boolean {
  switch (message["kind"]) {
    case "prepared":
      return (
        isPrepared(message["prepared"]) &&
        isListOf(message["problems"], isProblem) &&
        isFacts(message["facts"])
      );
    case "opened":
      return (
        isListOf(message["problems"], isProblem) &&
        isListOf(message["callable"], isFunctionName) &&
        isListOf(message["otherExports"], isString) &&
        isString(message["console"])
      );
    case "outcomes":
      return isListOf(message["results"], isResult);
    case "reading":
    case "importing":
    case "done":
      return true;
    case "fault":
      return isString(message["message"]);
    default:
      return false;
  }
}

function isResult(value: unknown): boolean {
  return (
    isObject(value) &&
    isOutcome(value["outcome"]) &&
    isString(value["console"]) &&
    typeof value["spoiled"] === "boolean" &&
    (value["recording"] === undefined || isRecording(value["recording"]))
  );
}

function isFunctionName(value: unknown): boolean {
  return FUNCTION_NAMES.some((name) => name === value);
}

function isLocation(value: unknown): boolean {
  if (value === undefined) return true;
  if (!isObject(value) || !isString(value["file"])) return false;
  return ["line", "column", "endLine", "endColumn"].every((key) => isCount(value[key]));
}

function isProblem(value: unknown): boolean {
  if (!isObject(value) || !isString(value["id"]) || !isString(value["detail"])) return false;
  const { fn, suggestion } = value;
  return (
    (fn === undefined || isFunctionName(fn)) &&
    (suggestion === undefined || isString(suggestion)) &&
    isLocation(value["location"])
  );
}

function isPrepared(value: unknown): boolean {
  if (!isObject(value) || !isObject(value["imports"])) return false;
  const isFile = (file: unknown): boolean =>
    isObject(file) &&
    isString(file["path"]) &&
    isString(file["code"]) &&
    (file["map"] === undefined || isString(file["map"]));
  const isSite = (site: unknown): boolean => isObject(site) && isLocation(site["location"]);
  return (
    isListOf(value["files"], isFile) &&
    Object.values(value["imports"]).every(isString) &&
    (value["sites"] === undefined || isListOf(value["sites"], isSite))
  );
}

function isFacts(value: unknown): boolean {
  if (!isObject(value) || !isObject(value["functions"])) return false;
  const functions = Object.values(value["functions"]);
  const isFunction = (facts: unknown): boolean =>
    isObject(facts) &&
    ["location", "result"].every((key) => isLocation(facts[key])) &&
    isListOf(facts["parameters"], isString);
  return (
    functions.every(isFunction) &&
    isListOf(value["uses"], isUse) &&
    isListOf(value["misleadingCharacters"], isLocation)
  );
}

function isUse(value: unknown): boolean {
  return (
    isObject(value) &&
    isString(value["kind"]) &&
    isString(value["detail"]) &&
    isListOf(value["reachedFrom"], isFunctionName) &&
    isListOf(value["operands"], isString) &&
    isLocation(value["location"]) &&
    isLocation(value["guard"]) &&
    (value["loops"] === undefined || isListOf(value["loops"], isLocation)) &&
    (value["entries"] === undefined ||
      (isObject(value["entries"]) && Object.values(value["entries"]).every(isLocation)))
  );
}

type Fields = { [Kind in RawOutcome["kind"]]: (outcome: Unknown) => boolean };

const FIELDS: Fields = {
  returned: ({ reading, before, draws, mathRandomDraws }) =>
    isReading(reading) &&
    (before === undefined || isReading(before)) &&
    isCount(draws) &&
    isCount(mathRandomDraws),
  threw: ({ name, message, draws, at }) =>
    isString(name) && isString(message) && isCount(draws) && isLocation(at),
  "stack-overflow": ({ at }) => isLocation(at),
  "out-of-memory": () => true,
  "timed-out": () => true,
  crashed: ({ message }) => isString(message),
  skipped: ({ because }) => isString(because),
};

function isOutcome(value: unknown): boolean {
  if (!isObject(value) || !isString(value["id"]) || !isFunctionName(value["fn"])) return false;
  const { kind } = value;
  if (!isString(kind) || !Object.hasOwn(FIELDS, kind)) return false;
  return FIELDS[kind as RawOutcome["kind"]](value); // an own key of FIELDS is such a kind
}

/** What it says is looked at where it is decoded. */
function isReading(value: unknown): boolean {
  return isObject(value) && isString(value["text"]) && value["numbers"] instanceof Float64Array;
}

function isRecording(value: unknown): boolean {
  return (
    isObject(value) &&
    value["records"] instanceof Float64Array &&
    typeof value["cut"] === "boolean" &&
    typeof value["changedBefore"] === "number" &&
    typeof value["changedBy"] === "number"
  );
}
