// Writes what the sandbox loads into `dist/guest/`: the code of its two realms, ml-matrix as one
// module, the engine, and the memory of an engine that has loaded them. Each realm's code becomes
// a single file, since nothing inside the sandbox can read another. Comes after the compiler,
// whose output makes that memory.

import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const grader = fileURLToPath(new URL("../", import.meta.url));
const out = join(grader, "dist/guest");
const source = join(grader, "src/sandbox/guest");
const require = createRequire(import.meta.url);

// The package's `src` is what its own bundle is made of; it has no wrapper for CommonJS.
const mlMatrix = join(dirname(require.resolve("ml-matrix")), "src/index.js");
const shared = {
  bundle: true,
  format: "esm",
  target: "es2022",
  platform: "neutral",
  minifyWhitespace: true,
  logLevel: "warning",
};

await mkdir(out, { recursive: true });
await build({
  ...shared,
  entryPoints: [join(source, "student.ts")],
  external: ["ml-matrix"],
  outfile: join(out, "student.js"),
});
await build({ ...shared, entryPoints: [join(source, "judge.ts")], outfile: join(out, "judge.js") });
await build({
  ...shared,
  entryPoints: [mlMatrix],
  mainFields: ["module", "main"],
  outfile: join(out, "ml-matrix.js"),
});
await copyFile(
  require.resolve("@jitl/quickjs-wasmfile-release-sync/wasm"),
  join(out, "quickjs.wasm"),
);

const built = (name) => import(new URL(`../dist/sandbox/${name}.js`, import.meta.url).href);
const { compileEngine } = await built("engine");
const { makeImage } = await built("image");
const { packImage } = await built("image-file");
const codeOf = (name) => readFile(join(out, `${name}.js`), "utf8");
const image = await makeImage(compileEngine(pathToFileURL(join(out, "quickjs.wasm"))), {
  student: await codeOf("student"),
  judge: await codeOf("judge"),
  mlMatrix: await codeOf("ml-matrix"),
});
await writeFile(join(out, "image.bin"), packImage(image));
