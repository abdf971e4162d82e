import { randomUUID } from "node:crypto";
import { AzureError } from "./errors.ts";
import type { EmulatedRequest } from "./service.ts";

/** Seconds a token lives; a managed identity's lives about a day. */
const tokenLifetimeInSeconds = 86_400;

/** What the emulator remembers of a token it issued. */
export interface IssuedToken {
  readonly token: string;
  readonly audience: string;
  /** Object id of the identity. */
  readonly principalId: string;
  readonly clientId: string;
  readonly notBeforeInSeconds: number;
  readonly expiresInSeconds: number;
}

/** Issues tokens and recognises them again. They look like JSON web tokens and are signed by nobody. */
export interface TokenIssuer {
  issue(audience: string, clientId?: string): IssuedToken;
  /** The token of a request's Authorization header. @throws AzureError 401, worded as Resource Manager does */
  require(request: EmulatedRequest, audiences: readonly string[]): IssuedToken;
  /** The same, undefined when there is none or it does not fit. */
  find(request: EmulatedRequest, audiences: readonly string[]): IssuedToken | undefined;
}

const defaultClientId = "33333333-3333-3333-3333-333333333301";
const principalId = "33333333-3333-3333-3333-333333333302";

/** An issuer whose tokens are good for this emulator alone. `clock` is in milliseconds since 1970. */
export function createTokenIssuer(tenantId: string, clock: () => number): TokenIssuer {
  const issued = new Map<string, IssuedToken>();

  function read(request: EmulatedRequest): IssuedToken | undefined {
    const [, token = ""] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "") ?? [];
    return issued.get(token);
  }
  const isExpired = ({ expiresInSeconds }: IssuedToken): boolean => clock() / 1000 >= expiresInSeconds;
  const isFor = ({ audience }: IssuedToken, audiences: readonly string[]): boolean =>
    audiences.some((one) => trim(one) === trim(audience));

  return {
    issue(audience, clientId = defaultClientId) {
      const notBeforeInSeconds = Math.floor(clock() / 1000);
      const expiresInSeconds = notBeforeInSeconds + tokenLifetimeInSeconds;
      const token = encodeToken({
        aud: audience,
        iss: `https://sts.windows.net/${tenantId}/`,
        iat: notBeforeInSeconds,
        nbf: notBeforeInSeconds,
        exp: expiresInSeconds,
        appid: clientId,
        oid: principalId,
        tid: tenantId,
        uti: randomUUID(),
      });
      const made = {
        token,
        audience,
        principalId,
        clientId,
        notBeforeInSeconds,
        expiresInSeconds,
      };
      issued.set(token, made);
      return made;
    },
    require(request, audiences) {
      if (!request.headers.authorization) {
        throw unauthorized(
          tenantId,
          "AuthenticationFailed",
          "Authentication failed. The 'Authorization' header is missing.",
        );
      }
      const token = read(request);
      if (!token) throw unauthorized(tenantId, "InvalidAuthenticationToken", "The access token is invalid.");
      if (isExpired(token)) {
        throw unauthorized(
          tenantId,
          "ExpiredAuthenticationToken",
          "The access token expiry UTC time is earlier than current UTC time.",
        );
      }
      if (!isFor(token, audiences)) {
        const message = `The access token has been obtained for wrong audience or resource '${token.audience}'. It should exactly match with one of the allowed audiences '${audiences.join("','")}'.`;
        throw unauthorized(tenantId, "InvalidAuthenticationTokenAudience", message);
      }
      return token;
    },
    find(request, audiences) {
      const token = read(request);
      return token && !isExpired(token) && isFor(token, audiences) ? token : undefined;
    },
  };
}

const trim = (audience: string): string => audience.replace(/\/$/, "").toLowerCase();

function encodeToken(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ typ: "JWT", alg: "none" })}.${part(claims)}.`;
}

function unauthorized(tenantId: string, code: string, message: string): AzureError {
  const challenge = `Bearer authorization_uri="https://login.windows.net/${tenantId}", error="invalid_token", error_description="${message}"`;
  return new AzureError(401, code, message, {
    headers: { "www-authenticate": challenge },
  });
}
