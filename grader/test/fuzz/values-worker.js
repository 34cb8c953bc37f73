// The worker without the compiler: what it is given is JavaScript already, and a lot of it.
import { readFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { compileEngine } from "../../dist/sandbox/engine.js";
import { makeImage } from "../../dist/sandbox/image.js";
import { serve } from "../../dist/sandbox/serve.js";

const guest = new URL("../../dist/guest/", import.meta.url);
const guestCode = (name) => readFileSync(new URL(name, guest), "utf8");
const map = JSON.stringify({ version: 3, sources: [], names: [], mappings: "" });

function compile({ files }) {
  return {
    problems: [],
    facts: { functions: {}, uses: [], misleadingCharacters: [] },
    files: files.map(({ path, text }) => ({ path, code: text, map })),
    imports: {},
  };
}

const image = await makeImage(compileEngine(new URL("quickjs.wasm", guest)), {
  student: guestCode("student.js"),
  judge: guestCode("judge.js"),
  mlMatrix: guestCode("ml-matrix.js"),
});
serve(parentPort, image, async () => ({ compile, instrument: compile }));
