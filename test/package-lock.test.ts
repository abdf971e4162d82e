import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

it("locks every optional package, so that npm ci installs on any platform", async () => {
  const text = await readFile(new URL("../package-lock.json", import.meta.url), "utf8");
  // npm's own format, version 3: packages by their folder.
  const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, Locked>> };
  const names = new Set(Object.keys(packages).map((folder) => folder.split("node_modules/").at(-1)));
  const optional = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
    Object.keys(optionalDependencies),
  );
  expect(optional.length).toBeGreaterThan(20);
  expect(optional.filter((name) => !names.has(name))).toEqual([]);
});
