/**
 * For `globalSetup` of vitest: keeps the grader and its sandbox loaded from one run of the tests
 * to the next, so that a run after a save takes a fraction of a second.
 */

import { randomUUID } from "node:crypto";
import { url } from "node:inspector";
import type { TestProject } from "vitest/node";
import { openChannel, WARM } from "./in-process/channel.ts";
import type { Answer, GradeRequest, Question } from "./in-process/channel.ts";
import type { LoadProgram } from "./in-process/in-process-sandbox.ts";
import { openRealSandbox, ownGrader } from "./in-process/own-grader.ts";
import type { Sandbox } from "./model/session.ts";

/** Called by vitest before the first run. @returns what to call after the last */
export function setup(project: TestProject): () => Promise<void> {
  const sandbox = openRealSandbox();
  const channel = `dropout-grader-${randomUUID()}`;
  const requests = openChannel<never>(channel, (request) => {
    void answer(request as GradeRequest, sandbox);
  });
  const { enabled } = project.config.inspector;
  project.provide(WARM, { channel, debugging: enabled === true || url() !== undefined });
  return async () => {
    requests.close();
    await sandbox.close();
  };
}

/** Grades a module that runs in a test's thread. */
async function answer({ folder, seed, answers }: GradeRequest, sandbox: Sandbox): Promise<void> {
  let heard: (answer: Answer) => void = () => undefined;
  const talk = openChannel<Question>(answers, (reply) => heard(reply as Answer));
  const ask = (question: Question): Promise<Answer> =>
    new Promise((resolve) => {
      heard = resolve;
      talk.say(question);
    });
  try {
    const grader = ownGrader(sandbox, loadBy(ask));
    talk.say({ kind: "graded", graded: await grader.grade(folder, seed) });
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    talk.say({ kind: "fault", message });
  } finally {
    talk.close();
  }
}

function loadBy(ask: (question: Question) => Promise<Answer>): LoadProgram {
  return async () => {
    await ask({ kind: "load" });
    return async (calls) => {
      const answered = await ask({ kind: "calls", calls });
      return answered.kind === "observed" ? answered.observed : [];
    };
  };
}
