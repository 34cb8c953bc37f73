import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import fc from "fast-check";
import { limitsSchema } from "../../src/model/limits.ts";
import type { Call, Value } from "../../src/model/observation.ts";
import type { Sandbox, Session } from "../../src/model/session.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { defineFuzzer, insist } from "./fuzzer.ts";
import type { Fuzzer } from "./fuzzer.ts";

const LIMITS = limitsSchema.parse({ callMs: 60_000, graceMs: 30_000, totalMs: 3_600_000 });

/** So many calls share an instance, as those of one submission do. */
const CALLS_PER_SESSION = 200;

/** A submission that holds fast-check itself: what it makes of a seed is what it returns. */
async function openProgram(sandbox: Sandbox): Promise<Session> {
  const bundled = await build({
    entryPoints: [fileURLToPath(new URL("values-inside.js", import.meta.url))],
    bundle: true,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    mainFields: ["module", "main"],
    external: ["ml-matrix"],
    write: false,
    // There is no clock in the sandbox; fast-check asks for one, and is given a seed all the same.
    banner: {
      js: "const Date = class { static now() { return 0; } getTime() { return 0; } }; const setTimeout = () => 0, clearTimeout = setTimeout;",
    },
    minify: true,
  });
  const text = bundled.outputFiles[0]?.text ?? "";
  const file = { path: "src/dropout.js", text, sha256: "" };
  const submission = { path: "values", entry: file.path, files: [file] };
  const session = await sandbox.open(submission, LIMITS);
  insist(session.program.callable.includes("predict"), JSON.stringify(session.program.problems));
  return session;
}

/** What any value that was read must be, written apart from the reader's own checks. */
function checkValue(value: Value, depth = 0): void {
  insist(depth <= 4, "values within values within values");
  if (value.kind === "other") {
    insist(value.what !== "" && value.what.length <= 300, `words: ${JSON.stringify(value.what)}`);
    return;
  }
  if (value.kind === "record") {
    insist(Object.getPrototypeOf(value.entries) === null, "a record with a prototype");
    for (const entry of Object.values(value.entries)) checkValue(entry, depth + 1);
    return;
  }
  const { rows, cols, data } = value.block;
  insist(data.length === rows * cols, `${rows} x ${cols} with ${data.length} numbers`);
  if (value.element === "boolean") {
    insist(
      data.every((entry) => entry === 0 || entry === 1),
      "a boolean that is neither 0 nor 1",
    );
  }
}

/** Whatever a function returns is read as what it is, once, or said not to be numbers. */
export function valueFuzzer(): Fuzzer {
  const workerUrl = new URL("values-worker.js", import.meta.url);
  let sandbox: Sandbox | undefined;
  let session: Session | undefined;
  let calls = 0;
  const next = async (): Promise<Session> => {
    sandbox ??= openSandbox({ workerUrl });
    if (session === undefined || calls % CALLS_PER_SESSION === 0) {
      await session?.close();
      session = await openProgram(sandbox);
    }
    calls += 1;
    return session;
  };
  return defineFuzzer({
    name: "values",
    promise: "every returned value was read as numbers with a shape, or told apart from them",
    cases: fc.record({ seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }) }),
    check: async ({ seed }: { seed: number }) => {
      const open = await next();
      const call = (id: string): Call => ({
        id,
        fn: "predict",
        args: [{ kind: "scalar", value: seed }],
      });
      const [first, second] = await open.run([call("first"), call("second")]);
      // A matrix that lost its data may throw when its own `get` is asked.
      const known = first?.kind === "returned" || first?.kind === "threw";
      insist(known, `it ended in ${JSON.stringify(first)}`);
      insist(second?.kind === first.kind, `the second call ended in ${JSON.stringify(second)}`);
      if (first.kind === "returned") checkValue(first.value);
      const [one, two] = [first, second].map((made) => JSON.stringify({ ...made, id: "" }));
      insist(one === two, "the same value was read in two ways");
    },
    close: async () => sandbox?.close(),
  });
}
