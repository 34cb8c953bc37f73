// The worker with another engine in it, built from the same sources: `npm run build` first.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parentPort } from "node:worker_threads";
import variantModule from "@jitl/quickjs-ng-wasmfile-release-sync";
import { compileEngine } from "../../dist/sandbox/engine.js";
import { makeImage } from "../../dist/sandbox/image.js";
import { serve } from "../../dist/sandbox/serve.js";

const guest = new URL("../../dist/guest/", import.meta.url);
const guestCode = (name) => readFileSync(new URL(name, guest), "utf8");
const variant = "default" in variantModule ? variantModule.default : variantModule;
const wasm = createRequire(import.meta.url).resolve("@jitl/quickjs-ng-wasmfile-release-sync/wasm");

async function loadTools() {
  const [{ compile }, { instrument }] = await Promise.all([
    import("../../dist/source/compile.js"),
    import("../../dist/source/instrument.js"),
  ]);
  return { compile, instrument };
}

const image = await makeImage(compileEngine(pathToFileURL(wasm), variant), {
  student: guestCode("student.js"),
  judge: guestCode("judge.js"),
  mlMatrix: guestCode("ml-matrix.js"),
});
await loadTools();
serve(parentPort, image, loadTools);
