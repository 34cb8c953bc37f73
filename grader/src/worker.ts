/**
 * The entry of the worker thread. Everything that touches a student's text happens in here:
 * reading it, compiling it, running it. The supervisor outside ends the thread when it overruns.
 */

import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { compileEngine } from "./sandbox/engine.ts";
import { unpackImage } from "./sandbox/image-file.ts";
import { serve } from "./sandbox/serve.ts";
import type { SourceTools } from "./sandbox/serve.ts";

/** Made by `scripts/bundle-guest.js`, beside this file. */
const guest = new URL("./guest/", import.meta.url);

/** The compiler takes most of what a worker needs to start. */
async function loadTools(): Promise<SourceTools> {
  const [{ compile }, { instrument }] = await Promise.all([
    import("./source/compile.ts"),
    import("./source/instrument.ts"),
  ]);
  return { compile, instrument };
}

if (parentPort === null) throw new Error("worker.js is not a program: it runs as a worker thread");
const build = compileEngine(new URL("quickjs.wasm", guest));
const image = unpackImage(build, readFileSync(new URL("image.bin", guest)));
const { eager }: { eager: boolean } = workerData;
if (eager) await loadTools();
serve(parentPort, image, loadTools);
