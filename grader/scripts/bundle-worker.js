// Makes `dist/worker.js` one file, and lays the compiler beside it, in `dist/compiler/`, with the
// machine code that reading a program needs. Comes after the compiler (tsc) and `bundle-guest.js`.

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { COMMON_JS, compiler } from "./compiler.js";

const grader = fileURLToPath(new URL("../", import.meta.url));
const dist = join(grader, "dist");
const folder = join(dist, "compiler");
const shared = {
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  logLevel: "warning",
  banner: { js: COMMON_JS },
  alias: {
    "ts-morph": join(grader, "scripts/worker/ts-morph.js"),
    // ts-blank-space asks for the compiler by its own name.
    typescript: join(grader, "scripts/worker/typescript.js"),
  },
};

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await writeCompiler();
await build({ ...shared, entryPoints: [join(grader, "src/worker.ts")], outdir: dist });
await writeCode();

/** As a function of what CommonJS gives a module. */
async function writeCompiler() {
  await build({
    entryPoints: [compiler],
    outfile: join(folder, "typescript.js"),
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    minify: true,
    legalComments: "inline",
    banner: { js: "(function (exports, require, module, __filename, __dirname) {" },
    footer: { js: "})" },
    logLevel: "warning",
  });
}

/** Reads the template as the worker would, so that what a program needs is there, and no more. */
async function writeCode() {
  const reader = join(dist, "read-template.js");
  await build({
    ...shared,
    stdin: {
      contents: `export { compile } from "./src/source/compile.ts";
        export { instrument } from "./src/source/instrument.ts";
        export { codeSoFar } from "ts-morph";`,
      resolveDir: grader,
    },
    outfile: reader,
  });
  const { compile, instrument, codeSoFar } = await import(pathToFileURL(reader).href);
  const submission = await template();
  compile(submission);
  instrument(submission);
  await writeFile(join(folder, "typescript.cache"), codeSoFar());
  await rm(reader);
}

async function template() {
  const names = ["dropout", "helpers", "types"].map((name) => `src/${name}.ts`);
  const files = names.map(async (path) => {
    const text = await readFile(join(grader, "../starter", path), "utf8");
    return { path, text, sha256: "" };
  });
  return { path: "starter", entry: "src/dropout.ts", files: await Promise.all(files) };
}
