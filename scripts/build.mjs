// Builds what is run: the function app as one file that needs nothing beside it, and the
// command line, the local host and the benchmark as files that use the packages in node_modules.
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";

const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  sourcemap: "linked",
  logLevel: "warning",
  charset: "utf8",
  write: false,
};

/** For what is packed with all its dependencies, as CommonJS. */
const packed = {
  ...common,
  format: "cjs",
  // A dependency asks where its module lies, which CommonJS says in other words.
  define: { "import.meta.url": "moduleUrl" },
  banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
  // Its main file loads its others by names that a bundler cannot see.
  alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  // The Functions runtime provides this module.
  external: ["@azure/functions-core"],
};

const isWithBench = process.argv.includes("--bench");
const built = await Promise.all([
  build({
    ...packed,
    entryPoints: ["src/functions/index.ts"],
    outfile: "dist/functions/index.cjs",
    minify: true,
  }),
  build({
    ...common,
    entryPoints: ["src/cli/main.ts"],
    outdir: "dist/cli",
    format: "esm",
    packages: "external",
    banner: { js: "#!/usr/bin/env node" },
  }),
  build({
    ...common,
    entryPoints: [
      "src/host/start.ts",
      "src/host/serve.ts",
      "src/host/estate.ts",
      "src/host/serve-estate.ts",
    ].filter(existsSync),
    outdir: "dist/start",
    format: "esm",
    packages: "external",
    splitting: true,
  }),
  ...(isWithBench ? benchmark() : []),
]);
const files = built.flatMap(({ outputFiles }) => outputFiles);
await Promise.all(files.map(replace));
await removeOthers(new Set(files.map(({ path }) => path)));

/** Only when asked for: nobody who uses the product needs it. */
function benchmark() {
  return [
    build({
      ...common,
      entryPoints: ["bench/main.ts"],
      outdir: "dist/bench",
      format: "esm",
      packages: "external",
    }),
    // What is measured is packed like the function app.
    build({
      ...packed,
      entryPoints: ["floor", "record", "sweep", "judge", "export", "usage"].map(
        (name) => `bench/workers/${name}.ts`,
      ),
      outdir: "dist/bench/workers",
      sourcemap: false,
      outExtension: { ".js": ".cjs" },
    }),
  ];
}

/** Each file is exchanged at once and only when it changed: whoever runs the last build is not disturbed. */
async function replace({ path, contents }) {
  const before = existsSync(path) ? await readFile(path) : null;
  if (before?.equals(contents)) return;
  const draft = `${path}.${process.pid}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(draft, contents);
  await rename(draft, path);
}

/** What an earlier build left and this one does not make; the benchmark may be running. */
async function removeOthers(made) {
  for (const entry of await readdir("dist", { recursive: true, withFileTypes: true })) {
    const path = resolve(join(entry.parentPath ?? entry.path, entry.name));
    if (!isWithBench && path.startsWith(resolve("dist/bench"))) continue;
    // A number at the end is the draft of a build that runs beside this one.
    if (entry.isFile() && !made.has(path) && !/\.\d+$/.test(path)) await rm(path, { force: true });
  }
}
