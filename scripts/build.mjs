// Builds what is run: the function app as one file that needs nothing beside it, and the
// command line and the local host as files that use the packages in node_modules.
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { build } from "esbuild";

const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  sourcemap: "linked",
  logLevel: "warning",
  charset: "utf8",
};

await rm("dist", { recursive: true, force: true });
await Promise.all([
  build({
    ...common,
    entryPoints: ["src/functions/index.ts"],
    outfile: "dist/functions/index.cjs",
    format: "cjs",
    minify: true,
    // A dependency asks where its module lies, which CommonJS says in other words.
    define: { "import.meta.url": "moduleUrl" },
    banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
    // The Functions runtime provides this module.
    external: ["@azure/functions-core"],
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
    entryPoints: ["src/host/start.ts", "src/host/serve.ts", "src/host/estate.ts"].filter(existsSync),
    outdir: "dist/start",
    format: "esm",
    packages: "external",
    splitting: true,
  }),
]);
