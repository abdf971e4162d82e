import { isGuid } from "../arm.ts";
import { AzureError, type AzureErrorDetail } from "../errors.ts";
import type { RawObject } from "../estate/world.ts";
import type { WorldIndex } from "../world-index.ts";
import { type AuthorizationScope, createAssignmentFilter, seesAbove } from "./authorization-scope.ts";

/** Where a query looks: subscriptions, or management groups, or (neither) all that the caller may read. */
export interface GraphScope {
  readonly subscriptions?: readonly string[];
  readonly managementGroups?: readonly string[];
  /** Which assignments of roles and policies are meant, seen from there. Default `AtScopeAndBelow`. */
  readonly authorizationScope?: AuthorizationScope;
}

/** A 400 of Resource Graph: the reason is in the details, the message only names the request. */
export function badRequest(...details: readonly AzureErrorDetail[]): AzureError {
  const correlation = crypto.randomUUID();
  return new AzureError(
    400,
    "BadRequest",
    `Please provide below info when asking for support: timestamp = ${new Date().toISOString()}, correlationId = ${correlation}.`,
    { details },
  );
}

/**
 * The rows of the types wanted within a scope, made as they are read. Subscriptions that may not be read are left out without a word as long as
 * one may; when none may, Resource Graph answers 400 `NoValidSubscriptionsInQueryRequest` (seen in reports of
 * its users; its documentation is silent). The same is assumed of management groups.
 * @throws AzureError
 */
export function rowsInScope(
  index: WorldIndex,
  scope: GraphScope,
  isWanted: (type: string) => boolean,
): Iterable<RawObject> {
  const { subscriptions = [], managementGroups = [], authorizationScope = "AtScopeAndBelow" } = scope;
  if (subscriptions.length > 0 && managementGroups.length > 0) {
    throw badRequest({
      code: "InvalidRequest",
      message: "Subscriptions and management groups cannot be given together.",
    });
  }
  const malformed = subscriptions.filter((id) => !isGuid(id));
  if (malformed.length > 0) {
    throw badRequest({
      code: "SubscriptionsContainInvalidGuids",
      message: `Subscription ids have to be valid GUIDs. Given: '${malformed.join("','")}'.`,
    });
  }
  const readable = readableIds(index, subscriptions, managementGroups);
  if (readable.length === 0) {
    const given = [...subscriptions, ...managementGroups].join("','");
    throw badRequest({
      code: "NoValidSubscriptionsInQueryRequest",
      message: `There must be at least one subscription that is eligible to contain resources. Given: '${given}'.`,
    });
  }
  // Management groups belong to the wider scopes; what is assigned at them, to those who ask for it from below as well.
  const isAboveWanted = subscriptions.length === 0 || seesAbove(authorizationScope);
  const isMeant = createAssignmentFilter(index, {
    subscriptions: subscriptions.length > 0 ? readable : [],
    managementGroups,
    authorizationScope,
  });
  return rowsIn(index, isAboveWanted ? ["", ...readable] : readable, isWanted, isMeant);
}

function* rowsIn(
  index: WorldIndex,
  subscriptionIds: readonly string[],
  isWanted: (type: string) => boolean,
  isMeant: (row: RawObject, isAboveSubscriptions: boolean) => boolean,
): Iterable<RawObject> {
  for (const id of subscriptionIds)
    for (const row of index.graphRows(id, isWanted)) if (isMeant(row, id === "")) yield row;
}

function readableIds(
  index: WorldIndex,
  subscriptions: readonly string[],
  managementGroups: readonly string[],
): readonly string[] {
  if (subscriptions.length === 0) {
    const within = managementGroups.length > 0 ? managementGroups : undefined;
    return index.readableSubscriptions(within).map(({ subscriptionId }) => subscriptionId);
  }
  const once = new Set(subscriptions.map((id) => id.toLowerCase()));
  return [...once].filter((id) => index.subscription(id)?.access === "granted");
}
