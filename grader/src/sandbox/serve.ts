import type { MessagePort } from "node:worker_threads";
import type { CompiledProgram, InstrumentedProgram } from "../model/compiled.ts";
import type { Facts } from "../model/program.ts";
import type { Submission } from "../model/submission.ts";
import type { Image } from "./image.ts";
import type { Supply } from "./instance.ts";
import { openLane } from "./lane.ts";
import type { OpenLane } from "./lane.ts";
import type { CallResult, Lane, Prepared, Reply, Request } from "./messages.ts";

/** What the worker does before anything runs: both read the student's text. */
export interface SourceTools {
  compile: (submission: Submission) => CompiledProgram;
  instrument: (submission: Submission) => InstrumentedProgram;
}

/** An opened submission, as it was first handed in, and its instances. */
interface Run {
  submission: Submission;
  lanes: Partial<Record<Lane, OpenLane>>;
}

interface Server {
  supply: Supply;
  loadTools: () => Promise<SourceTools>;
  runs: Map<string, Run>;
  /** @param moved buffers that are handed over instead of copied */
  post(reply: Reply, moved?: ArrayBuffer[]): void;
}

type Open = Extract<Request, { kind: "open" }>;
type Calls = Extract<Request, { kind: "calls" }>;

/** Answers the supervisor's messages, one after the other. Says "ready" first. */
export function serve(port: MessagePort, image: Image, loadTools: Server["loadTools"]): void {
  const post: Server["post"] = (reply, moved = []) => port.postMessage(reply, moved);
  const server: Server = { supply: { image, spares: new Map() }, loadTools, runs: new Map(), post };
  let queue = Promise.resolve();
  port.on("message", (request: Request) => {
    queue = queue
      .then(() => answer(server, request))
      .catch((error: unknown) => {
        const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
        server.post({ kind: "fault", run: request.run, message });
      });
  });
  server.post({ kind: "ready" });
}

async function answer(server: Server, request: Request): Promise<void> {
  switch (request.kind) {
    case "open":
      return open(server, request);
    case "calls":
      return call(server, request);
    case "close": {
      const lanes: Run["lanes"] = server.runs.get(request.run)?.lanes ?? {};
      server.runs.delete(request.run);
      for (const lane of Object.values(lanes)) lane.close();
    }
  }
}

async function open(server: Server, request: Open): Promise<void> {
  const { run, lane, limits } = request;
  const { submission, lanes } = server.runs.get(run) ?? {
    submission: request.submission,
    lanes: {},
  };
  server.runs.set(run, { submission, lanes });
  delete lanes[lane];
  const prepared = request.prepared ?? (await prepare(server, { ...request, submission }));
  server.post({ kind: "importing", run });
  if (prepared === undefined) {
    server.post({ kind: "opened", run, problems: [], callable: [], otherExports: [], console: "" });
    return;
  }
  const opened = await openLane(server.supply, { submission, limits, ...prepared });
  lanes[lane] = opened;
  server.post({ kind: "opened", run, ...opened.opened });
}

const NO_FACTS: Facts = { functions: {}, uses: [], misleadingCharacters: [] };

/** Reads the source. Nothing where it has a problem that keeps all of it from running. */
async function prepare(server: Server, request: Open): Promise<Prepared | undefined> {
  const { run, lane, submission, imports } = request;
  const { compile, instrument } = await server.loadTools();
  server.post({ kind: "reading", run });
  if (lane === "traced") {
    const prepared = { ...instrument(submission), imports };
    server.post({ kind: "prepared", run, prepared, problems: [], facts: NO_FACTS });
    return prepared;
  }
  const { problems, facts, ...prepared } = compile(submission);
  server.post({ kind: "prepared", run, prepared, problems, facts });
  return problems.some(({ fn }) => fn === undefined) ? undefined : prepared;
}

/** Messages between threads are dear, so outcomes that come quickly go together. */
const TOGETHER_MS = 20;

function call(server: Server, { run, lane, calls, oneByOne }: Calls): void {
  const lanes = server.runs.get(run)?.lanes ?? {};
  let results: CallResult[] = [];
  let since = performance.now();
  const flush = (): void => {
    if (results.length > 0) server.post({ kind: "outcomes", run, results }, buffersOf(results));
    results = [];
    since = performance.now();
  };
  for (const next of calls) {
    const result = lanes[lane]?.call(next);
    if (result === undefined) break;
    results.push(result);
    if (result.spoiled) delete lanes[lane];
    if (oneByOne || result.spoiled || performance.now() - since > TOGETHER_MS) flush();
  }
  flush();
  server.post({ kind: "done", run });
}

function buffersOf(results: readonly CallResult[]): ArrayBuffer[] {
  return results.flatMap(({ outcome, recording }) => {
    const read = outcome.kind === "returned" ? [outcome.reading, outcome.before] : [];
    const arrays = [...read.map((reading) => reading?.numbers), recording?.records];
    // Each was copied out of the engine into a buffer of its own.
    return arrays.flatMap((numbers) => (numbers ? [numbers.buffer as ArrayBuffer] : []));
  });
}
