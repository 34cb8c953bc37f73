// Makes the command line, and the lanes of a class, one program in `dist/program/`: what a process
// needs to begin is a few files then, and not one for each module. Comes after the compiler (tsc).

import { readFile, rm, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { COMMON_JS } from "./compiler.js";

const grader = fileURLToPath(new URL("../", import.meta.url));
const src = join(grader, "src");
const out = join(grader, "dist/program");

/** What a module finds beside itself is beside what the compiler made of it, in `dist/`. */
const ownPlace = {
  name: "own-place",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]grader[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const place = relative(src, path).split(sep).join("/").replace(/ts$/, "js");
      const url = `new URL("../${place}", import.meta.url).href`;
      return { contents: text.replaceAll("import.meta.url", url), loader: "ts" };
    });
  },
};

await rm(out, { recursive: true, force: true });
await build({
  entryPoints: [join(src, "cli.ts"), join(src, "class/lane-process.ts")],
  entryNames: "[name]",
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  logLevel: "warning",
  banner: { js: COMMON_JS },
  plugins: [ownPlace],
});
await writeFile(
  join(grader, "dist/class/lane-process.js"),
  'import "../program/lane-process.js";\n',
);
