import type { Call, CallOutcome } from "../model/observation.ts";
import { startAllowance } from "./allowance.ts";
import { changedArguments, readsAs } from "./changes.ts";
import { decodeValues, UnreadableError } from "./decode.ts";
import type { CallResult, Lane, RawOutcome, Reply } from "./messages.ts";
import { missingCalls } from "./missing-calls.ts";
import { openIn } from "./open-in.ts";
import { mayRetry, print } from "./opened.ts";
import { packCall } from "./pack.ts";
import type { Opened } from "./opened.ts";
import { sortRecording } from "./sort-recording.ts";
import type { Recorded } from "./sort-recording.ts";
import type { Ending } from "./supervisor.ts";

/** A call and what came of it. */
export interface Made {
  outcome: CallOutcome;
  trace?: Recorded;
}

const MAX_STALLS = 2;

/**
 * Makes calls in order. Where one breaks its instance, or has to be ended, the rest go on in a
 * fresh one, after the calls whose results they need have been made again.
 */
export async function makeCalls(
  opened: Opened,
  lane: Lane,
  calls: readonly Call[],
): Promise<Made[]> {
  const made: Made[] = [];
  let stalls = 0;
  while (made.length < calls.length) {
    const rest = calls.slice(made.length);
    const [next] = rest;
    if (next === undefined) break;
    const because = reasonToSkip(opened, next);
    if (because !== undefined) {
      made.push({ outcome: { id: next.id, fn: next.fn, kind: "skipped", because } });
      continue;
    }
    if (!(await isOpen(opened, lane))) {
      const message = "the program could not be started again";
      made.push({ outcome: { id: next.id, fn: next.fn, kind: "crashed", message } });
      continue;
    }
    const before = made.length;
    const until = rest.findIndex((call) => reasonToSkip(opened, call) !== undefined);
    await makeBatch({ opened, lane, batch: until < 0 ? rest : rest.slice(0, until), made });
    if (made.length > before) stalls = 0;
    else stalls += 1;
    // Nothing came back: an earlier call broke its instance when made again, or the worker lost it.
    if (stalls > MAX_STALLS) {
      made.push({ outcome: { id: next.id, fn: next.fn, kind: "crashed", message: "no answer" } });
    }
  }
  return made;
}

function reasonToSkip({ program, exhausted, spentMs, limits }: Opened, { fn }: Call) {
  const out = exhausted.get(fn);
  if (out !== undefined) return `${fn} has already run out of ${out}`;
  if (!program.callable.includes(fn)) return `${fn} cannot be called`;
  return spentMs >= limits.totalMs ? OUT_OF_TIME : undefined;
}

const OUT_OF_TIME = "the submission has used up its time";

async function isOpen(opened: Opened, lane: Lane): Promise<boolean> {
  await opened.supervisor.ready();
  if (opened.lanes.get(lane)?.generation === opened.supervisor.generation()) return true;
  opened.lanes.delete(lane);
  const found = await openIn(opened, lane);
  return found.callable.length > 0;
}

interface Batch {
  opened: Opened;
  lane: Lane;
  batch: readonly Call[];
  made: Made[];
}

async function makeBatch({ opened, lane, batch, made }: Batch): Promise<void> {
  const { run, limits, supervisor } = opened;
  const replays = missingCalls(opened, lane, batch);
  const calls = [...replays, ...batch];
  // Traces are large, and what a trace costs its worker is not tried again.
  const oneByOne = opened.oneByOne || lane === "traced";
  let answered = 0;
  let since = startAllowance();
  const takeResult = (result: CallResult): void => {
    if (result.outcome.id !== calls[answered]?.id) return;
    answered += 1;
    note({ opened, lane, call: calls[answered - 1], result });
    const call = calls[answered - 1];
    if (call !== undefined && answered > replays.length) made.push(madeOf(opened, call, result));
  };
  const take = (reply: Reply): boolean => {
    if (reply.kind !== "outcomes") return reply.kind === "done";
    reply.results.forEach(takeResult);
    opened.spentMs += since.taken();
    since = startAllowance();
    return false;
  };
  const ending = await supervisor.exchange({
    request: { kind: "calls", run, lane, calls: calls.map(packCall), oneByOne },
    take,
    patience: () => Math.min(limits.callMs, limits.totalMs - opened.spentMs) + limits.graceMs,
  });
  if (ending === "done") return;
  const death = {
    opened,
    lane,
    ending,
    oneByOne,
    took: since.taken(),
    left: calls.slice(answered),
  };
  const outcome = blame(death);
  if (outcome !== undefined && answered >= replays.length) made.push({ outcome });
}

interface Death {
  opened: Opened;
  lane: Lane;
  ending: Ending;
  oneByOne: boolean;
  took: number;
  /** The calls that have no answer. */
  left: readonly Call[];
}

/** What is said of the call that its worker did not survive; nothing where it is tried once more. */
function blame({ opened, lane, ending, oneByOne, took, left }: Death): CallOutcome | undefined {
  const { limits } = opened;
  const [stopped] = left;
  // Not by what it took alone: on a busy machine the clock may end a call that has had less.
  const wasEarly = took < limits.callMs && limits.totalMs - opened.spentMs < limits.callMs;
  opened.spentMs += took;
  if (stopped === undefined) return undefined;
  const outcome = outcomeOf(stopped, ending, wasEarly);
  const suspects = oneByOne ? [stopped] : left;
  if (outcome.kind !== "skipped" && suspects.some(({ fn }) => mayRetry(opened, lane, fn))) {
    opened.oneByOne = true;
    return undefined;
  }
  opened.history.delete(stopped.id);
  exhaust(opened, outcome);
  return outcome;
}

/** A function that hangs would hang again, and so would most that fill the memory. */
function exhaust({ exhausted, fullOnce }: Opened, { fn, kind }: RawOutcome | CallOutcome): void {
  if (kind === "timed-out") exhausted.set(fn, "time");
  if (kind !== "out-of-memory") return;
  if (fullOnce.has(fn)) exhausted.set(fn, "memory");
  fullOnce.add(fn);
}

function madeOf({ prepared }: Opened, call: Call, { outcome, recording }: CallResult): Made {
  const read = outcome.kind === "returned" ? believed(call, outcome) : outcome;
  if (recording === undefined) return { outcome: read };
  const sites = prepared.get("traced")?.sites ?? [];
  return { outcome: read, trace: sortRecording(recording, sites) };
}

/** What a call returned and what it changed, from readings that are believed only now. */
function believed(call: Call, raw: Extract<RawOutcome, { kind: "returned" }>): CallOutcome {
  const { id, fn, args } = call;
  const { reading, before: first, ...rest } = raw;
  try {
    const [value, ...after] = decodeValues(reading);
    const before = first === undefined ? readsAs(args) : decodeValues(first);
    if (value !== undefined && before !== undefined)
      return { ...rest, value, changedArguments: changedArguments(fn, before, after) };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
  }
  // Whoever broke the engine could have written anything.
  return { id, fn, kind: "crashed", message: "the sandbox broke" };
}

/** What became of the call that was running when its worker was ended. */
function outcomeOf({ id, fn }: Call, ending: Ending, wasEarly: boolean): CallOutcome {
  if (ending === "out-of-memory") return { id, fn, kind: "out-of-memory" };
  if (ending === "died") return { id, fn, kind: "crashed", message: "the sandbox broke" };
  return wasEarly
    ? { id, fn, kind: "skipped", because: OUT_OF_TIME }
    : { id, fn, kind: "timed-out" };
}

interface Note {
  opened: Opened;
  lane: Lane;
  call: Call | undefined;
  result: CallResult;
}

/** Remembers what a call means for those after it. */
function note({ opened, lane, call, result }: Note): void {
  const { outcome, spoiled, console } = result;
  const { lanes, history } = opened;
  if (call?.keep === true && outcome.kind === "returned") {
    lanes.get(lane)?.kept.add(call.id);
    history.set(call.id, call);
  }
  exhaust(opened, outcome);
  if (lane === "plain") print(opened, console);
  if (spoiled) lanes.delete(lane);
}
