import { answerJson } from "./errors.ts";
import type { EmulatedService, TextResponse } from "./service.ts";
import type { TokenIssuer } from "./tokens.ts";

/** Where App Service's managed identity endpoint lies on its port. */
export const identityPath = "/msi/token";

/**
 * The managed identity endpoint of App Service and Functions, version 2019-08-01. Whoever knows the secret header
 * gets a token for the resource asked for; any client id is taken for an identity that exists.
 */
export function createIdentityEndpoint(tokens: TokenIssuer, identityHeader: string): EmulatedService {
  return {
    handles: (url) => url.pathname === identityPath,
    async handle(request) {
      const { searchParams } = new URL(request.url);
      if (request.headers["x-identity-header"] !== identityHeader) {
        return refuse(401, "The X-IDENTITY-HEADER header is missing or wrong.");
      }
      if (searchParams.get("api-version") !== "2019-08-01")
        return refuse(400, "The api-version is missing or unknown.");
      const resource = searchParams.get("resource");
      if (!resource) return refuse(400, "The resource is missing.");
      const issued = tokens.issue(resource, searchParams.get("client_id") ?? undefined);
      return answerJson(200, {
        access_token: issued.token,
        client_id: issued.clientId,
        expires_on: String(issued.expiresInSeconds),
        not_before: String(issued.notBeforeInSeconds),
        resource,
        token_type: "Bearer",
      });
    },
  };
}

function refuse(statusCode: number, message: string): TextResponse {
  return answerJson(statusCode, { statusCode, message });
}
