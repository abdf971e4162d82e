import type { DefenderPlan } from "../../application/ports.ts";
import type { Gap } from "../../domain/gap.ts";
import { isObject } from "../json-object.ts";
import { ask, type Request, refusal } from "./ask.ts";
import { mapAnswer } from "./map-answer.ts";
import type { Patience } from "./patience.ts";
import { grantRole } from "./remedies.ts";
import type { ResourceManager } from "./resource-manager.ts";
import { at, MalformedPropertyError, malformedGap, type Place, readRequiredText, readText } from "./row.ts";

const pricingId =
  /^(\/subscriptions\/[^/]+(?:\/.+)?)\/providers\/microsoft\.security\/pricings\/containers$/i;

/** Reads a row of `pricingsQuery`; a gap when it is not to be told whose pricing it is or of which tier. */
export function mapPricing(row: unknown): DefenderPlan | Gap {
  const root: Place = { path: "", value: row };
  try {
    if (!isObject(row)) throw new MalformedPropertyError("The row", row, "an object");
    return toPlan(at(root, "id"), { ...at(root, "pricingTier"), path: "properties.pricingTier" });
  } catch (error) {
    return malformedGap(scopeOf(row), error);
  }
}

/**
 * The pricing as Resource Manager has it for a subscription or a cluster; null only when it says in its own words
 * that there is none. A cluster without a pricing of its own answers its subscription's. @throws SourceError
 */
export async function readDefenderPlan(
  arm: ResourceManager,
  scope: string,
  patience: Patience,
): Promise<DefenderPlan | null> {
  const request: Request = {
    task: `the Defender pricing of ${scope}`,
    remedy: grantRole("Security Reader", scope),
    send: arm.get(`${scope}/providers/Microsoft.Security/pricings/Containers`, "2024-01-01"),
  };
  const outcome = await ask(request, patience);
  if ("failure" in outcome) {
    const isAbsent = outcome.failure.codes.some((code) => code === "ResourceNotFound" || code === "NotFound");
    if (outcome.failure.reason === "notFound" && isAbsent) return null;
    throw refusal(request, outcome.failure);
  }
  const root: Place = { path: "", value: outcome.answer.body };
  const plan = mapAnswer(request.task, () => toPlan(at(root, "id"), at(root, "properties.pricingTier")));
  return { ...plan, scope: scope.toLowerCase() };
}

function toPlan(idPlace: Place, tierPlace: Place): DefenderPlan {
  const id = readText(idPlace);
  const scope = pricingId.exec(id ?? "")?.[1]?.toLowerCase();
  if (id === null || scope === undefined)
    throw new MalformedPropertyError(
      idPlace.path,
      idPlace.value,
      "the resource id of a pricing named Containers",
    );
  return { id, scope, tier: readRequiredText(tierPlace) };
}

/** Lower case; `/` when it may be anybody's pricing: a scope that is none would hide nobody's. */
function scopeOf(row: unknown): string {
  if (!isObject(row)) return "/";
  const scope = typeof row.id === "string" ? pricingId.exec(row.id)?.[1] : undefined;
  if (scope !== undefined) return scope.toLowerCase();
  const { subscriptionId } = row;
  return typeof subscriptionId === "string" && /^[0-9a-f-]{36}$/i.test(subscriptionId)
    ? `/subscriptions/${subscriptionId.toLowerCase()}`
    : "/";
}
