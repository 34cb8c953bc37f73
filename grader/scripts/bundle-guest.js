// Writes what the sandbox loads into `dist/guest/`: the code of its two realms, ml-matrix as one
// module, and the engine. Each realm's code becomes a single file, since nothing inside the
// sandbox can read another.

import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
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
