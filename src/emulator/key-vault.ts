import { createHash } from "node:crypto";
import { AzureError, answerError, answerJson } from "./errors.ts";
import type { World } from "./estate/world.ts";
import type { EmulatedRequest, EmulatedService, TextResponse } from "./service.ts";
import type { TokenIssuer } from "./tokens.ts";

// Data plane versions; the SDK in use asks for 2025-07-01.
const apiVersions: ReadonlySet<string> = new Set(["7.4", "7.5", "7.6", "2025-07-01"]);

/** The resource that tokens for a vault are made for. */
const vaultResource = "https://vault.azure.net";

/**
 * Key Vault's secrets, read only. A request without a good token is told where to get one
 * (`WWW-Authenticate: Bearer authorization=..., resource=...`), which is how the SDK learns it.
 */
export function createKeyVault(world: () => World, tokens: TokenIssuer): EmulatedService {
  return {
    handles: (url) => /^\/secrets\//i.test(url.pathname),
    async handle(request) {
      const url = new URL(request.url);
      // A sovereign cloud's vaults have a resource of their own; here that is the vault's own origin.
      if (!tokens.find(request, [vaultResource, url.origin])) return challenge(request, world().tenantId);
      try {
        return answerSecret(request.method, url, world());
      } catch (error) {
        if (error instanceof AzureError) return answerError(error);
        throw error;
      }
    },
  };
}

function challenge(request: EmulatedRequest, tenantId: string): TextResponse {
  const message = request.headers.authorization
    ? "AKV10022: Invalid audience or token."
    : "AKV10000: Request is missing a Bearer or PoP token.";
  return answerError(
    new AzureError(401, "Unauthorized", message, {
      headers: {
        "www-authenticate": `Bearer authorization="https://login.microsoftonline.com/${tenantId}", resource="${vaultResource}"`,
      },
    }),
  );
}

function answerSecret(method: string, url: URL, { secrets, now }: World): TextResponse {
  const version = url.searchParams.get("api-version");
  if (version === null || !apiVersions.has(version)) {
    throw new AzureError(
      400,
      "BadParameter",
      `The request URI contains an invalid api-version: '${version ?? ""}'.`,
    );
  }
  if (method !== "GET") {
    throw new AzureError(405, "MethodNotAllowed", `The HTTP method '${method}' is not supported.`);
  }
  const [, , name = "", wanted = ""] = decodeURIComponent(url.pathname).split("/");
  // Secret names are matched whatever their case, and answered as they were made.
  const found = Object.entries(secrets).find(([key]) => key.toLowerCase() === name.toLowerCase());
  const id = found && createHash("sha256").update(found[1]).digest("hex").slice(0, 32);
  if (!found || (wanted !== "" && wanted !== id)) {
    throw new AzureError(
      404,
      "SecretNotFound",
      `A secret with (name/id) ${name} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`,
    );
  }
  const seconds = Math.floor(Date.parse(now) / 1000);
  return answerJson(200, {
    value: found[1],
    id: `${url.origin}/secrets/${found[0]}/${id}`,
    attributes: {
      enabled: true,
      created: seconds,
      updated: seconds,
      recoveryLevel: "Recoverable+Purgeable",
      recoverableDays: 90,
    },
  });
}
