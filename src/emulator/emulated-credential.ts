import type { EmulatedAzure } from "./azure.ts";

/** What SDK clients take for a credential. */
export interface EmulatedCredential {
  getToken(
    scopes: string | string[],
  ): Promise<{ readonly token: string; readonly expiresOnTimestamp: number }>;
}

/** A credential for clients in the same process: tokens from the emulator itself, without its managed identity endpoint. */
export function emulatedCredential(azure: EmulatedAzure): EmulatedCredential {
  return {
    async getToken(scopes) {
      const [scope = ""] = typeof scopes === "string" ? [scopes] : scopes;
      return azure.issueToken(scope.replace(/\/\.default$/, ""));
    },
  };
}
