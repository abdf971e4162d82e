import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { schemaFaults } from "../cli/result-schema.ts";
import { runProgram } from "./run-program.ts";

/** The built command line on the emulated Azure, on a machine that is set up for something else. */
async function runOnEstate(...argv: string[]) {
  const program = runProgram(tmpdir(), "dist/cli/main.js", [...argv, "--estate"], {
    MIDWATCH_CLOUD: "mars",
    AZURE_CLIENT_ID: "50b00000-0000-4000-8000-000000000999",
    AZURE_TOKEN_CREDENTIALS: "AzureCliCredential",
  });
  const exitCode = await program.ended;
  return { exitCode, stdout: program.stdout(), stderr: program.stderr() };
}

interface ShownCluster {
  readonly findings: readonly { readonly control: string; readonly verdict: string }[];
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

  it("looks into the clusters when it is asked to", async () => {
    const { exitCode, stdout } = await runOnEstate(
      "sweep",
      "--inspect",
      "--format",
      "json",
      "--fail-on",
      "none",
    );
    // In the form of schemas/result-1.schema.json.
    const { clusters } = JSON.parse(stdout) as { readonly clusters: readonly ShownCluster[] };
    const judged = clusters.flatMap(({ findings }) =>
      findings.filter(({ control }) => control === "secrets.not-in-environment"),
    );
    expect(new Set(judged.map(({ verdict }) => verdict))).toEqual(
      new Set(["pass", "fail", "unknown", "notApplicable"]),
    );
    expect(exitCode).toBe(3);
    // One cluster of the estate cuts connections off, again and again until patience ends.
  }, 120_000);

  it("passes on how the command ended", async () => {
    const { exitCode, stdout, stderr } = await runOnEstate("sweep", "--profile", "nobodys.json");
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^midwatch: [^\n]+\n/);
  });
});
