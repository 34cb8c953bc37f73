import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

const WORKFLOWS = [".github/workflows", "starter/.github/workflows"].flatMap((folder) =>
  readdirSync(join(ROOT, folder)).map((name) => join(folder, name)),
);

const workflowSchema = z.object({ on: z.unknown(), permissions: z.unknown() });

describe("workflows", () => {
  test("there are some", () => {
    expect(WORKFLOWS.length).toBeGreaterThan(1);
  });

  test.each(WORKFLOWS)("%s gives a stranger's pull request no rights", (file) => {
    const text = readFileSync(join(ROOT, file), "utf8");
    const { on, permissions } = workflowSchema.parse(parse(text));
    expect(JSON.stringify(on)).not.toContain("pull_request_target");
    expect(JSON.stringify(on)).not.toContain("workflow_run");
    expect(permissions, "permissions are said, not taken").toBeDefined();
    expect(permissions).not.toBe("write-all");
    // What a stranger chose (a title, a branch) must not become part of a command.
    expect(text).not.toMatch(
      /\$\{\{[^}]*github\.(?:head_ref|event\.(?:pull_request\.(?:title|body|head\.ref)|issue|comment))/u,
    );
  });
});

const REGISTRY = "https://registry.npmjs.org/";

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
    }),
  ),
});

test("every package comes from the registry, with a checksum", () => {
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")));
  const installed = Object.entries(lock.packages).filter(
    ([path, { link }]) => path.includes("node_modules/") && link !== true,
  );
  expect(installed.length).toBeGreaterThan(50);
  const odd = installed.filter(
    // Without an address it is the registry's.
    ([, { resolved = REGISTRY, integrity = "" }]) =>
      !resolved.startsWith(REGISTRY) || !integrity.startsWith("sha512-"),
  );
  expect(odd.map(([path]) => path)).toEqual([]);
});

test("what is installed with the grader is pinned to one version", () => {
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(ROOT, "grader/package.json"), "utf8")));
  expect(
    Object.entries(dependencies).filter(([, range]) => !/^\d+\.\d+\.\d+$/u.test(range)),
  ).toEqual([]);
});
