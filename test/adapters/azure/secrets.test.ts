import { describe, expect, it } from "vitest";
import { createSecretReader } from "../../../src/adapters/azure/secrets.ts";
import type { FaultKind } from "../../../src/emulator/fault-kinds.ts";
import type { Fault } from "../../../src/emulator/faults.ts";
import { emulatedAccess } from "../../support/emulated-access.ts";
import { failureOf } from "../../support/outcomes.ts";
import { smallWorld } from "../../support/world-small.ts";

const vaultUrl = "https://kv-watch.vault.azure.net";
const address = "https://example.invalid/workflows/1?sig=very-secret";

describe("the webhook's address", () => {
  it("is read from Key Vault", async () => {
    expect(await reader({ hook: ` ${address}\n` }).readAddress("hook")).toBe(address);
  });

  it.each([
    ["no address", "very-secret"],
    ["plain http", "http://example.invalid/very-secret"],
    ["nothing", ""],
  ])("is refused when the secret holds %s, which is not repeated", async (_, value) => {
    const error = await failureOf(reader({ hook: value }).readAddress("hook"));
    expect(error).toMatchObject({ reason: "malformed", message: "The secret hook holds no https address." });
    expect(`${error.message}${error.remedy}`).not.toContain("very-secret");
  });

  it("is missing with the command that stores it", async () => {
    const error = await failureOf(reader({}).readAddress("hook"));
    expect(error).toMatchObject({ reason: "notFound" });
    expect(error.remedy).toContain("az keyvault secret set --vault-name kv-watch --name hook");
  });

  it.each([
    ["403", "accessDenied"],
    ["429", "throttled"],
    ["429-without-retry-after", "throttled"],
    ["503", "unavailable"],
    ["html", "malformed"],
    ["truncatedJson", "malformed"],
    ["hang", "unavailable"],
    ["reset", "unavailable"],
  ] as const satisfies readonly (readonly [FaultKind, string])[])(
    "ends a lasting %s as %s, naming the secret only",
    async (kind, reason) => {
      const error = await failureOf(
        reader({ hook: address }, [{ kind, match: { service: "keyVault" } }]).readAddress("hook"),
      );
      expect(error.reason).toBe(reason);
      expect(error.message).toMatch(/^Could not read the secret hook: /);
      expect(JSON.stringify([error.message, error.remedy, String(error.cause)])).not.toMatch(
        /very-secret|Bearer/,
      );
    },
  );

  it("outlasts a fault that passes", async () => {
    const faults: readonly Fault[] = [{ kind: "503", match: { service: "keyVault" }, times: 1 }];
    expect(await reader({ hook: address }, faults).readAddress("hook")).toBe(address);
  });

  it("names the missing role", async () => {
    const error = await failureOf(
      reader({ hook: address }, [{ kind: "403", match: { service: "keyVault" } }]).readAddress("hook"),
    );
    expect(error.remedy).toContain("Key Vault Secrets User (4633458b-17de-408a-b874-0445c86b69e6)");
  });
});

function reader(secrets: Readonly<Record<string, string>>, faults: readonly Fault[] = []) {
  const { access } = emulatedAccess(smallWorld({ secrets }), { faults, patience: { tryTimeoutInMs: 50 } });
  return createSecretReader({ ...access, vaultUrl });
}
