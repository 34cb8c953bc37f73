import { defineConfig } from "oxlint";

/** Which folders of grader/src each folder may import from, beside itself. */
const MAY_IMPORT = {
  model: [],
  assignment: ["model"],
  source: ["model", "assignment"],
  // Its worker runs `source` too: what reads student text stays on the untrusted side.
  sandbox: ["model", "assignment", "source"],
  judge: ["model", "assignment"],
  checks: ["model", "assignment"],
  catalogue: ["model", "assignment"],
  report: ["model", "catalogue"],
  class: ["model", "assignment", "report", "source"],
  // Runs the student's functions, or the reference, on inputs of its own.
  experiments: ["model", "assignment", "source", "sandbox", "judge"],
  // Runs a program as a module of a test's process, and grades it with the whole pipeline.
  "in-process": ["model", "assignment", "sandbox", "report"],
  commands: ["model", "assignment", "report", "class", "experiments"],
  action: ["model", "report", "commands"],
};
const FOLDERS = Object.keys(MAY_IMPORT);

/** Folders that use the pipeline, or stand beside it. */
const ABOVE_PIPELINE = ["class", "commands", "action", "in-process", "experiments"];

/** The files beside the folders: the pipeline, and the shells around it. */
const SHELLS = {
  "grade.ts": FOLDERS.filter((folder) => !["report", ...ABOVE_PIPELINE].includes(folder)),
  "vitest.ts": ["model", "assignment", "in-process"],
  "vitest-warm.ts": ["model", "in-process"],
  "worker.ts": ["model", "sandbox", "source"],
  "cli.ts": ["commands"],
  "action.ts": ["action"],
  "version.ts": [],
};

/** Libraries, and the folders that they have their home in. */
const HOMES = {
  "ts-morph": ["source"],
  "magic-string": ["source"],
  "ts-blank-space": ["source"],
  "quickjs-emscripten-core": ["sandbox"],
  "@jitl/*": ["sandbox"],
  "ml-matrix": ["sandbox", "judge"],
  seedrandom: ["judge"],
  commander: ["commands"],
  chokidar: ["commands"],
  "@observablehq/plot": ["experiments"],
  linkedom: ["experiments"],
  "@actions/core": ["action"],
  picocolors: ["report"],
  "wrap-ansi": ["report"],
};

/** Folders that only compute: the same values give the same result. */
const PURE = ["model", "assignment", "judge", "checks", "catalogue", "report"];

/** Folders that the pipeline is made of, and that know nothing of it. */
const BELOW_PIPELINE = FOLDERS.filter((folder) => !ABOVE_PIPELINE.includes(folder));

function importRule(home, allowed) {
  const folders = FOLDERS.filter((folder) => folder !== home && !allowed.includes(folder));
  const libraries = Object.keys(HOMES).filter((library) => !HOMES[library].includes(home));
  const patterns = [
    {
      group: folders.map((folder) => `**/${folder}/**`),
      message: `${home} may import ${allowed.join(", ") || "nothing of another folder"}.`,
    },
    {
      group: libraries.flatMap((library) => [library, `${library}/**`]),
      message: "This library has its home in another folder: see HOMES in oxlint.config.js.",
    },
  ];
  if (BELOW_PIPELINE.includes(home)) {
    const regex = String.raw`^(\.\./)+(grade|cli|action|vitest)\.ts$`;
    patterns.push({ regex, message: "Nothing flows back to the pipeline." });
  }
  if (PURE.includes(home)) {
    patterns.push({
      group: ["node:*", "node:*/**"],
      message: `${home} only computes: no files, no clock.`,
    });
  }
  return ["error", { patterns }];
}

function folderOverride(folder) {
  const files = [`grader/src/${folder}/**/*.ts`];
  const rules = { "no-restricted-imports": importRule(folder, MAY_IMPORT[folder]) };
  if (!PURE.includes(folder)) return { files, rules };
  const use = (what) => ({
    name: what,
    message: `${folder} only computes: take it as a parameter.`,
  });
  const globals = ["process", "Date", "performance", "fetch", "setTimeout"].map(use);
  const properties = [
    { object: "Math", property: "random", message: "Draw from a seeded stream." },
  ];
  return {
    files,
    rules: {
      ...rules,
      "no-restricted-globals": ["error", ...globals],
      "no-restricted-properties": ["error", ...properties],
    },
  };
}

function shellOverride(file) {
  return {
    files: [`grader/src/${file}`],
    rules: { "no-restricted-imports": importRule(file, SHELLS[file]) },
  };
}

export default defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "import", "promise"],
  categories: { correctness: "error", suspicious: "error" },
  options: { typeAware: true },
  ignorePatterns: ["**/dist/**", "solutions/**", "fixtures/**", "coverage/**"],
  rules: {
    // Of code: a comment that says why is not what makes a file long.
    "max-lines": ["error", { max: 200, skipBlankLines: true, skipComments: true }],
    "max-lines-per-function": ["error", { max: 40, skipBlankLines: true, skipComments: true }],
    "max-params": ["error", { max: 3 }],
    "max-depth": ["error", { max: 3 }],
    "no-console": "error",
    "no-process-exit": "error",
    "no-var": "error",
    "prefer-const": "error",
    eqeqeq: "error",
    "import/no-cycle": "error",
    "import/no-self-import": "error",
    "import/no-default-export": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/consistent-type-imports": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "typescript/only-throw-error": "error",
    "unicorn/prefer-node-protocol": "error",
    // A switch over a union without a default is what switch-exhaustiveness-check asks for.
    "typescript/consistent-return": "off",
    // No classes, so no `this` to lose.
    "typescript/unbound-method": "off",
    // An assertion with its reason beside it is allowed; a reader judges the reason.
    "typescript/no-unsafe-type-assertion": "off",
    "unicorn/consistent-function-scoping": "off",
    "import/no-named-as-default-member": "off",
    // Groups of entries on lines of their own: `...{ id, fn }`, `...[1, 2]`.
    "unicorn/no-useless-spread": "off",
    // Rules for windows of a browser: worker threads have no target origin and no event listeners.
    "unicorn/require-post-message-target-origin": "off",
    "unicorn/prefer-add-event-listener": "off",
  },
  overrides: [
    ...FOLDERS.map(folderOverride),
    ...Object.keys(SHELLS).map(shellOverride),
    { files: ["grader/src/cli.ts"], rules: { "no-console": "off", "no-process-exit": "off" } },
    {
      files: ["*.config.{js,ts}", "grader/*.config.ts"],
      rules: { "import/no-default-export": "off" },
    },
    // A callback of the compiler has five; the near misses are plain lists of words.
    {
      files: ["grader/src/source/{emit,near-misses}.ts", "grader/scripts/**"],
      rules: { "max-params": "off" },
    },
    // The template: what it does not use yet is what the student is to write.
    { files: ["starter/src/dropout.ts"], rules: { "no-unused-vars": "off", "max-params": "off" } },
    { files: ["starter/**"], rules: { "typescript/no-unnecessary-type-parameters": "off" } },
    { files: ["**/scripts/**", "bench/**"], rules: { "no-console": "off" } },
    {
      files: ["grader/test/**"],
      plugins: ["typescript", "unicorn", "oxc", "import", "promise", "vitest"],
      rules: {
        "max-lines": "off",
        "max-lines-per-function": "off",
        // What is built is imported by its address, and typed by its source.
        "typescript/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
        // One parameter for each column of a table.
        "max-params": "off",
        "no-control-regex": "off",
        // fast-check's documentation writes `fc.property`.
        "import/no-named-as-default-member": "off",
        "vitest/no-focused-tests": "error",
        "vitest/no-disabled-tests": "error",
        "vitest/expect-expect": "error",
      },
    },
  ],
});
