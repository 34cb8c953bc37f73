import type { MessagePort } from "node:worker_threads";
import type { CompiledProgram, InstrumentedProgram } from "../model/compiled.ts";
import type { Submission } from "../model/submission.ts";
import type { Image } from "./image.ts";
import { openLane } from "./lane.ts";
import type { OpenLane, Plan } from "./lane.ts";
import type { Lane, Reply, Request } from "./messages.ts";

/** What the worker does before anything runs: both read the student's text. */
export interface SourceTools {
  compile(submission: Submission): CompiledProgram;
  instrument(submission: Submission): InstrumentedProgram;
}

/** One opened submission. */
interface Run {
  compiled?: CompiledProgram;
  instrumented?: InstrumentedProgram;
  lanes: Partial<Record<Lane, OpenLane>>;
}

interface Server extends SourceTools {
  image: Image;
  runs: Map<string, Run>;
  post(reply: Reply): void;
}

type Open = Extract<Request, { kind: "open" }>;
type Calls = Extract<Request, { kind: "calls" }>;

/** Answers the supervisor's messages, one after the other. Says "ready" first. */
export function serve(port: MessagePort, image: Image, tools: SourceTools): void {
  const server: Server = {
    ...tools,
    image,
    runs: new Map(),
    post: (reply) => port.postMessage(reply),
  };
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
  const { run, lane, submission, limits } = request;
  const known = server.runs.get(run) ?? { lanes: {} };
  server.runs.set(run, known);
  delete known.lanes[lane];
  const compiled = (known.compiled ??= server.compile(submission));
  const plan: Plan = { submission, limits, files: compiled.files, imports: compiled.imports };
  if (lane === "traced") {
    const { files, sites } = (known.instrumented ??= server.instrument(submission));
    Object.assign(plan, { files, sites });
  }
  server.post({ kind: "compiled", run, problems: compiled.problems, facts: compiled.facts });
  const stopsAll = compiled.problems.some((problem) => problem.fn === undefined);
  if (stopsAll) {
    server.post({ kind: "opened", run, problems: [], callable: [], otherExports: [], console: "" });
    return;
  }
  const opened = await openLane(server.image, plan);
  known.lanes[lane] = opened;
  server.post({ kind: "opened", run, ...opened.opened });
}

function call(server: Server, { run, lane, calls }: Calls): void {
  const lanes = server.runs.get(run)?.lanes ?? {};
  for (const next of calls) {
    const result = lanes[lane]?.call(next);
    if (result === undefined) break;
    server.post({ kind: "outcome", run, ...result });
    if (result.spoiled) delete lanes[lane];
  }
  server.post({ kind: "done", run });
}
