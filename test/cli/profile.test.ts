import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nightOne } from "../../src/emulator/estate/nights.ts";
import { subscriptions } from "../../src/emulator/estate/tenant.ts";
import { runCli } from "./run-cli.ts";

/** A machine learning workspace has trusted access to it. */
const training = "aks-ml-train-swc-01";
/** Tokens of a build system open it. */
const canary = "aks-checkout-canary-neu-01";
const control = "identity.token-issuers-known";

describe("what a profile allows", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "midwatch-cli-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const fileWith = (parameters: unknown) => {
    const file = join(folder, "ours.json");
    writeFileSync(file, JSON.stringify({ controls: [control], parameters }));
    return file;
  };

  /** What the sweep says of the control, by the cluster's name. */
  async function verdictsWith(parameters: unknown): Promise<Readonly<Record<string, string>>> {
    const scope = [subscriptions.ml, subscriptions.checkout].flatMap(({ subscriptionId }) => [
      "--subscription",
      subscriptionId,
    ]);
    const { stdout } = await runCli(["sweep", "--profile", fileWith(parameters), ...scope], {
      world: nightOne(),
    });
    const { clusters }: { readonly clusters: readonly Found[] } = JSON.parse(stdout);
    return Object.fromEntries(
      clusters.map(({ name, findings }) => [
        name,
        findings.find((finding) => finding.control === control)?.verdict ?? "not judged",
      ]),
    );
  }

  test("an issuer of tokens that it knows passes, and one that it does not know fails", async () => {
    expect(await verdictsWith(undefined)).toMatchObject({ [training]: "fail", [canary]: "fail" });
    const build = "https://tokens.contoso.example/build";
    expect(await verdictsWith({ knownIssuers: [build] })).toMatchObject({
      [training]: "fail",
      [canary]: "pass",
    });
    const workspaces = "microsoft.machinelearningservices/workspaces";
    expect(
      await verdictsWith({ knownIssuers: [workspaces, build.toUpperCase().replace("HTTPS", "https")] }),
    ).toMatchObject({
      [training]: "pass",
      [canary]: "fail",
    });
  });

  test("says so when its condition leaves no cluster to judge", async () => {
    const file = join(folder, "nobody.json");
    writeFileSync(
      file,
      JSON.stringify({ controls: [control], clusters: { only: { tags: { env: "prdo" } } } }),
    );
    const { stderr } = await runCli(["sweep", "--profile", file], { world: nightOne() });
    expect(stderr).toMatch(/the profile leaves out all \d+ clusters: nothing was judged/);
  });

  test("is refused by name where it allows nothing that there is, all faults in one line", async () => {
    const file = fileWith({ allowedRegistries: ["https://contoso.azurecr.io"], knownIssuers: ["build"] });
    const { exitCode, stderr } = await runCli(["sweep", "--profile", file]);
    expect(stderr).toContain(
      `--profile ${file}: parameters allowedRegistries 0 "https://contoso.azurecr.io" begins with a scheme`,
    );
    expect(stderr).toContain(`--profile ${file}: parameters knownIssuers 0 "build" is neither`);
    expect(stderr).toMatch(/^midwatch: [^\n]+\n$/);
    expect(exitCode).toBe(2);
  });
});

interface Found {
  readonly name: string;
  readonly findings: readonly { readonly control: string; readonly verdict: string }[];
}
