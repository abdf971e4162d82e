import { AzureError } from "../errors.ts";
import { type AuthorizationScope, isAuthorizationScope } from "./authorization-scope.ts";
import { badRequest, type GraphScope } from "./graph-scope.ts";

/** A Resource Graph query as it was sent, checked. */
export interface GraphRequest {
  readonly query: string;
  readonly scope: GraphScope;
  readonly top: number;
  readonly skip: number;
  readonly skipToken: string | undefined;
  readonly resultFormat: "objectArray" | "table";
}

/** Rows on one page, at most and by default. */
const rowsPerPage = 1000;

/** Reads the body of a query. @throws AzureError 400 for anything it should not hold */
export function readGraphRequest(body: string): GraphRequest {
  const request = readObject(parse(body), "request body");
  const { query, subscriptions, managementGroups } = request;
  if (typeof query !== "string" || query.trim() === "") throw invalid("The query is missing.");
  const options = readObject(request.options ?? {}, "options");
  const { resultFormat = "objectArray", $skipToken: skipToken } = options;
  if (resultFormat !== "objectArray" && resultFormat !== "table")
    throw invalid("The resultFormat is unknown.");
  if (skipToken !== undefined && typeof skipToken !== "string")
    throw invalid("The $skipToken is not a string.");
  return {
    query,
    scope: {
      subscriptions: readStrings(subscriptions, "subscriptions"),
      managementGroups: readStrings(managementGroups, "managementGroups"),
      authorizationScope: readAuthorizationScope(options.authorizationScopeFilter),
    },
    top: readWholeNumber(options.$top ?? rowsPerPage, "$top", 1, rowsPerPage),
    skip: readWholeNumber(options.$skip ?? 0, "$skip", 0, Number.MAX_SAFE_INTEGER),
    skipToken,
    resultFormat,
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new AzureError(
      400,
      "InvalidRequestContent",
      `The request content was invalid and could not be deserialized: '${String(cause)}'.`,
    );
  }
}

function readObject(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid(`The ${name} is not an object.`);
  return { ...value };
}

function readStrings(value: unknown, name: string): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid(`${name} is not a list.`);
  return value.map((item) => {
    if (typeof item !== "string") throw invalid(`${name} holds something else than strings.`);
    return item;
  });
}

function readAuthorizationScope(value: unknown = "AtScopeAndBelow"): AuthorizationScope {
  if (isAuthorizationScope(value)) return value;
  throw invalid("The authorizationScopeFilter is unknown.");
}

function readWholeNumber(value: unknown, name: string, least: number, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalid(`${name} must be a whole number from ${least} to ${most}.`);
}

/** The code of these refusals is not documented. */
function invalid(message: string): AzureError {
  return badRequest({ code: "InvalidRequest", message });
}
