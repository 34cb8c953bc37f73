import type { MessagePort } from "node:worker_threads";
import type { CompiledProgram, InstrumentedProgram } from "../model/compiled.ts";
import type { Facts } from "../model/program.ts";
import type { Submission } from "../model/submission.ts";
import type { Image } from "./image.ts";
import { openLane } from "./lane.ts";
import type { OpenLane } from "./lane.ts";
import type { CallResult, Lane, Prepared, Reply, Request } from "./messages.ts";

/** What the worker does before anything runs: both read the student's text. */
export interface SourceTools {
  compile: (submission: Submission) => CompiledProgram;
  instrument: (submission: Submission) => InstrumentedProgram;
}

interface Server {
  image: Image;
  loadTools: () => Promise<SourceTools>;
  /** Each opened submission, as it was first handed in, and its instances. */
  runs: Map<string, { submission: Submission; lanes: Partial<Record<Lane, OpenLane>> }>;
  post(reply: Reply): void;
}

type Open = Extract<Request, { kind: "open" }>;
type Calls = Extract<Request, { kind: "calls" }>;

/** Answers the supervisor's messages, one after the other. Says "ready" first. */
export function serve(port: MessagePort, image: Image, loadTools: Server["loadTools"]): void {
  const post = (reply: Reply): void => port.postMessage(reply);
  const server: Server = { image, loadTools, runs: new Map(), post };
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
    case "close":
      server.runs.delete(request.run);
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
  const opened = await openLane(server.image, { submission, limits, ...prepared });
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
    if (results.length > 0) server.post({ kind: "outcomes", run, results });
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
