import { SecretClient } from "@azure/keyvault-secrets";
import { SourceError } from "../../application/source-error.ts";
import { askOrThrow } from "./ask.ts";
import { type AzureAccess, credentialOf, patienceOf } from "./azure-access.ts";
import { grantRole } from "./remedies.ts";

export interface SecretReaderOptions extends Pick<AzureAccess, "credential" | "httpClient" | "patience"> {
  /** The vault's address, such as `https://kv-watch.vault.azure.net`. */
  readonly vaultUrl: string;
  /** Key Vault's challenge has to name the vault's own domain; a vault on another address needs this off. */
  readonly verifiesChallenge?: boolean;
}

/** Reads secrets by name. Errors name the secret and never what is in it. */
export interface SecretReader {
  /** An address to post to, which must be https: a webhook's address is itself the key to it. @throws SourceError */
  readAddress(name: string): Promise<string>;
}

export function createSecretReader(options: SecretReaderOptions): SecretReader {
  const { vaultUrl, httpClient, verifiesChallenge = true } = options;
  const client = new SecretClient(vaultUrl, credentialOf(options), {
    retryOptions: { maxRetries: 0 },
    disableChallengeResourceVerification: !verifiesChallenge,
    ...(httpClient && { httpClient }),
  });
  const patience = patienceOf(options);
  const storeIt = (name: string) =>
    `Store the webhook's whole address as the secret's value: az keyvault secret set --vault-name ${vaultName(vaultUrl)} --name ${name} --value <address>`;

  return {
    async readAddress(name) {
      const { value } = await askOrThrow(
        {
          task: `the secret ${name}`,
          remedy: grantRole("Key Vault Secrets User", "<resource-id-of-the-vault>"),
          absenceRemedy: storeIt(name),
          send: (sendOptions) => client.getSecret(name, sendOptions),
        },
        patience,
      );
      if (typeof value === "string" && isHttps(value.trim())) return value.trim();
      throw new SourceError(`The secret ${name} holds no https address.`, {
        reason: "malformed",
        remedy: storeIt(name),
      });
    },
  };
}

function vaultName(vaultUrl: string): string {
  return new URL(vaultUrl).hostname.split(".", 1)[0] ?? "";
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === "https:";
}
