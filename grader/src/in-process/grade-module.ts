import { randomUUID } from "node:crypto";
import type { Call } from "../model/observation.ts";
import type { Graded } from "../model/grader.ts";
import { programCaller, seedMathRandom } from "./call-program.ts";
import type { MatrixClass, Observed } from "./call-program.ts";
import { openChannel } from "./channel.ts";
import type { Answer, GradeRequest, Question, Warm } from "./channel.ts";

/** A program as a module of this process, and where its files are. */
export interface OwnModule {
  folder: string;
  load(): Promise<object>;
  Matrix: MatrixClass;
  seed: string;
  /** What one call may take; nothing where a debugger may hold it up. */
  callMs: number | undefined;
}

/** Loads the module, with the seeded `Math.random` that it may already draw from. */
async function callerOf({ load, Matrix, callMs }: OwnModule) {
  const restoreRandom = seedMathRandom({ seed: 0, end: 0 });
  try {
    const module = { ...(await load()) };
    return programCaller({ module, Matrix, callMs });
  } finally {
    restoreRandom();
  }
}

/** Has the module graded in this thread, which takes a second to load the grader. */
export async function gradeHere(own: OwnModule): Promise<Graded> {
  const { openRealSandbox, ownGrader } = await import("./own-grader.ts");
  const grader = ownGrader(openRealSandbox(), async () => {
    const makeCalls = await callerOf(own);
    return async (calls) => makeCalls(calls);
  });
  try {
    return await grader.grade(own.folder, own.seed);
  } finally {
    await grader.close();
  }
}

/** Has the module graded by the thread that keeps a grader warm. */
export async function gradeByWarm(own: OwnModule, warm: Warm): Promise<Graded> {
  const { folder, seed } = own;
  const answers = randomUUID();
  const { promise, resolve, reject } = withResolvers<Graded>();
  let makeCalls: ((calls: readonly Call[]) => Observed[]) | undefined;
  const reply = async (question: Question): Promise<void> => {
    switch (question.kind) {
      case "load":
        makeCalls = await callerOf(own);
        return talk.say({ kind: "loaded" });
      case "calls":
        return talk.say({ kind: "observed", observed: makeCalls?.(question.calls) ?? [] });
      case "graded":
        return resolve(question.graded);
      case "fault":
        return reject(new Error(question.message));
    }
  };
  const talk = openChannel<Answer>(answers, (question) => {
    reply(question as Question).catch(reject);
  });
  const requests = openChannel<GradeRequest>(warm.channel, () => undefined);
  requests.say({ folder, seed, answers });
  try {
    return await promise;
  } finally {
    talk.close();
    requests.close();
  }
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((onValue, onReason) => {
    resolve = onValue;
    reject = onReason;
  });
  return { promise, resolve, reject };
}
