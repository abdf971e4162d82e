import { randomUUID } from "node:crypto";
import type { EmulatedResponse, TextResponse } from "./service.ts";

/** One entry of an Azure error's `details`; Resource Graph adds where in the query it stumbled. */
export interface AzureErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly line?: number;
  readonly characterPositionInLine?: number;
  readonly token?: string;
}

interface Extras {
  readonly details?: readonly AzureErrorDetail[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal as Azure words it, thrown by a service and turned into the answer at the front door. */
export class AzureError extends Error {
  readonly status: number;
  readonly code: string;
  readonly extras: Extras;

  constructor(status: number, code: string, message: string, extras: Extras = {}) {
    super(message);
    this.name = "AzureError";
    this.status = status;
    this.code = code;
    this.extras = extras;
  }
}

/** A JSON answer with the request ids Azure puts on every answer. */
export function answerJson(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): TextResponse {
  return { status, headers: { ...jsonHeaders(), ...headers }, body: JSON.stringify(value) };
}

/** The same for JSON that is written already. */
export function answerWritten(
  body: readonly Uint8Array[],
  headers: Readonly<Record<string, string>>,
): EmulatedResponse {
  return { status: 200, headers: { ...jsonHeaders(), ...headers }, body };
}

function jsonHeaders(): Readonly<Record<string, string>> {
  return { "content-type": "application/json; charset=utf-8", "x-ms-request-id": randomUUID() };
}

/** The answer that carries an error: `{error: {code, message, details?}}`. */
export function answerError({ status, code, message, extras }: AzureError): TextResponse {
  const { details, headers } = extras;
  return answerJson(status, { error: { code, message, ...(details && { details }) } }, headers);
}

/** 403: the identity is known and has no right to this. */
export function authorizationFailed(principalId: string, action: string, scope: string): AzureError {
  return new AzureError(
    403,
    "AuthorizationFailed",
    `The client '${principalId}' with object id '${principalId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}

/** 404: no such subscription in this tenant. */
export function subscriptionNotFound(subscriptionId: string): AzureError {
  return new AzureError(
    404,
    "SubscriptionNotFound",
    `The subscription '${subscriptionId}' could not be found.`,
  );
}

/** 404: the subscription is there, the group is not. */
export function resourceGroupNotFound(resourceGroup: string): AzureError {
  return new AzureError(
    404,
    "ResourceGroupNotFound",
    `Resource group '${resourceGroup}' could not be found.`,
  );
}

/** 404: the group is there, the resource (`Microsoft.X/types/name`) is not. */
export function resourceNotFound(resource: string, resourceGroup: string): AzureError {
  return new AzureError(
    404,
    "ResourceNotFound",
    `The Resource '${resource}' under resource group '${resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}
