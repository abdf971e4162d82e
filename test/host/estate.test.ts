import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { schemaFaults } from "../cli/result-schema.ts";

/** The built command line on the emulated Azure, on a machine that is set up for something else. */
async function runOnEstate(...argv: string[]) {
  const child = spawn(process.execPath, [resolve("dist/cli/main.js"), ...argv, "--estate"], {
    env: {
      PATH: process.env.PATH,
      HTTPS_PROXY: "http://127.0.0.1:9",
      MIDWATCH_CLOUD: "mars",
      AZURE_CLIENT_ID: "50b00000-0000-4000-8000-000000000999",
      AZURE_TOKEN_CREDENTIALS: "AzureCliCredential",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    stderr += String(chunk);
  });
  const [exitCode] = await once(child, "close");
  return { exitCode, stdout, stderr };
}

describe("the command line on the emulated Azure", () => {
  it("heeds none of the machine's own settings and proxies", async () => {
    const { exitCode, stdout } = await runOnEstate("sweep", "--format", "json", "--fail-on", "none");
    const result = JSON.parse(stdout);
    expect(schemaFaults(result)).toEqual([]);
    expect(result.clusters.length).toBeGreaterThan(30);
    // The estate holds what refuses to be read.
    expect(exitCode).toBe(3);
  });

  it("passes on how the command ended", async () => {
    const { exitCode, stdout, stderr } = await runOnEstate("sweep", "--profile", "nobodys.json");
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^midwatch: [^\n]+\n/);
  });
});
