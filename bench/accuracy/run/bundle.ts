/** A submission's files as one script, without the disk. */

import path from "node:path";
import { build, type Plugin } from "esbuild";
import { ENTRY, type Program } from "../program.ts";

/** @throws where a file does not parse or imports what is not there */
export async function bundle(program: Program): Promise<string> {
  const result = await build({
    entryPoints: [ENTRY],
    bundle: true,
    write: false,
    format: "cjs",
    target: "es2023",
    external: ["ml-matrix"],
    logLevel: "silent",
    plugins: [inMemory(program.files)],
  });
  return result.outputFiles[0]?.text ?? "";
}

function inMemory(files: Program["files"]): Plugin {
  return {
    name: "in-memory",
    setup(builder) {
      builder.onResolve({ filter: /^\.{1,2}\/|^src\// }, ({ path: specifier, importer, kind }) => {
        const named =
          kind === "entry-point"
            ? specifier
            : path.posix.join(path.posix.dirname(importer), specifier);
        const found = spellings(named).find((name) => files.has(name));
        return found === undefined
          ? { errors: [{ text: `no file ${named}` }] }
          : { path: found, namespace: "submission" };
      });
      builder.onLoad({ filter: /.*/, namespace: "submission" }, ({ path: name }) => ({
        contents: (files.get(name) ?? "").replace(/^\uFEFF/u, ""),
        loader: name.endsWith(".js") ? "js" : "ts",
      }));
    },
  };
}

function spellings(named: string): string[] {
  return [named, named.replace(/\.js$/u, ".ts"), `${named}.ts`, `${named}.js`, `${named}/index.ts`];
}
