import cliProgress from "cli-progress";
import { visible } from "../report/escape.ts";
import type { World } from "./world.ts";

/** Shows how far a class is, on the error stream. */
export interface Progress {
  start(total: number, kept: number): void;
  /** One more is graded. */
  step(id: string): void;
  stop(): void;
}

/** Where nobody watches, a line now and then will do. */
const EVERY_MS = 10_000;

/** A bar on a terminal, lines elsewhere. */
export function progressOn({ stderr }: Pick<World, "stderr">): Progress {
  return isTerminal(stderr) ? bar(stderr) : lines((text) => void stderr.write(text));
}

function isTerminal(stream: object): stream is NodeJS.WriteStream {
  return "isTTY" in stream && stream.isTTY === true && "cursorTo" in stream;
}

function bar(stream: NodeJS.WriteStream): Progress {
  const shown = new cliProgress.SingleBar({
    stream,
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
    // Below, with numbers that do not run away to hours at the start.
    format: (options, params, payload: { id?: string }) => {
      const drawn = cliProgress.Format.BarFormat(params.progress, { ...options, barsize: 20 });
      const numbers = inNumbers(params.value, params.total, Date.now() - params.startTime);
      return `${drawn} ${numbers}  ${visible(payload.id ?? "")}`.slice(
        0,
        (stream.columns ?? 80) - 1,
      );
    },
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barCompleteString: "█".repeat(20),
    barIncompleteString: "░".repeat(20),
  });
  return {
    start: (total, kept) => {
      stream.write(plan(total, kept));
      if (total > 0) shown.start(total, 0, {});
    },
    step: (id) => shown.increment({ id }),
    stop: () => shown.stop(),
  };
}

function lines(write: (text: string) => void): Progress {
  let [total, done, began, last] = [0, 0, 0, 0];
  return {
    start: (all, kept) => {
      total = all;
      began = Date.now();
      last = began;
      write(plan(all, kept));
    },
    step: () => {
      done += 1;
      const now = Date.now();
      if (done !== total && now - last < EVERY_MS) return;
      last = now;
      write(`grade: ${inNumbers(done, total, now - began)}\n`);
    },
    stop: () => undefined,
  };
}

function plan(total: number, kept: number): string {
  return `grade: ${total} to grade, ${kept} unchanged since an earlier run\n`;
}

/** `120/300 graded, 8.3 a second, 22 s left`. */
function inNumbers(done: number, total: number, ms: number): string {
  const rate = ms > 0 ? (1000 * done) / ms : 0;
  const left = rate > 0 ? `, ${duration((total - done) / rate)} left` : "";
  return `${done}/${total} graded, ${rate.toFixed(1)} a second${left}`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
