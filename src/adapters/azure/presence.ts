import type { JsonObject } from "../json-object.ts";
import type { Patience } from "../patience.ts";
import { ask, type Request, refusal } from "./ask.ts";
import { grantRole } from "./remedies.ts";
import type { ResourceManager } from "./resource-manager.ts";

/** The words in which Resource Manager says that the resource, or what holds it, is not there. Other codes come with 404 too, such as for an unknown type or API version, and tell nothing of the resource. */
const absences: ReadonlySet<string> = new Set([
  "ResourceNotFound",
  "ResourceGroupNotFound",
  "SubscriptionNotFound",
  "NotFound",
]);

/** Whether a 404's codes are Resource Manager's own word that something is gone. */
function isAbsence(codes: readonly string[]): boolean {
  return codes.some((code) => absences.has(code));
}

/** A resource, or null when Resource Manager says that it is not there. @throws SourceError for anything but its yes and its 404 */
export async function readIfPresent(request: Request, patience: Patience): Promise<JsonObject | null> {
  const outcome = await ask(request, patience);
  if ("answer" in outcome) return outcome.answer.body;
  if (outcome.failure.reason === "notFound" && isAbsence(outcome.failure.codes)) return null;
  throw refusal(request, outcome.failure);
}

/** Resource Manager's word on a subscription, a cluster or a Log Analytics workspace. @throws SourceError as above */
export async function readPresence(
  arm: ResourceManager,
  resourceId: string,
  patience: Patience,
): Promise<"present" | "absent"> {
  return (await readIfPresent(requestFor(arm, resourceId), patience)) === null ? "absent" : "present";
}

function requestFor(arm: ResourceManager, resourceId: string): Request {
  const isSubscription = /^\/subscriptions\/[^/]+\/?$/i.test(resourceId);
  const isWorkspace = /\/providers\/microsoft\.operationalinsights\/workspaces\/[^/]+$/i.test(resourceId);
  return {
    task: `whether ${resourceId} is still there`,
    remedy: grantRole("Reader", resourceId),
    send: isSubscription
      ? arm.get(resourceId, "2022-12-01")
      : isWorkspace
        ? arm.get(resourceId, "2023-09-01")
        : arm.cluster(resourceId),
  };
}
