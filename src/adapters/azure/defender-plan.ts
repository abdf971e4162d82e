import type { DefenderPlan, PlanName } from "../../application/ports.ts";
import type { PlanExtension } from "../../domain/defender-facts.ts";
import type { Gap } from "../../domain/gap.ts";
import { isObject } from "../json-object.ts";
import { mapAnswer } from "../map-answer.ts";
import type { Patience } from "../patience.ts";
import {
  at,
  MalformedPropertyError,
  malformedGap,
  type Place,
  readingOf,
  readList,
  readRequiredText,
  readText,
} from "../row.ts";
import { ask, type Request, refusal } from "./ask.ts";
import { grantRole } from "./remedies.ts";
import type { ResourceManager } from "./resource-manager.ts";

const pricingId =
  /^(\/subscriptions\/[^/]+(?:\/.+)?)\/providers\/microsoft\.security\/pricings\/(containers|cloudposture)$/i;

/** Reads a row of `pricingsQuery`; a gap when it is not to be told whose pricing it is or of which tier. */
export function mapPricing(row: unknown): DefenderPlan | Gap {
  const root: Place = { path: "", value: row };
  try {
    if (!isObject(row)) throw new MalformedPropertyError("The row", row, "an object");
    return toPlan(at(root, "id"), {
      tier: { ...at(root, "pricingTier"), path: "properties.pricingTier" },
      extensions: { ...at(root, "extensions"), path: "properties.extensions" },
    });
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
  name: PlanName,
  patience: Patience,
): Promise<DefenderPlan | null> {
  const request: Request = {
    task: `the Defender pricing ${name} of ${scope}`,
    remedy: grantRole("Security Reader", scope),
    send: arm.get(`${scope}/providers/Microsoft.Security/pricings/${name}`, "2024-01-01"),
  };
  const outcome = await ask(request, patience);
  if ("failure" in outcome) {
    const isAbsent = outcome.failure.codes.some((code) => code === "ResourceNotFound" || code === "NotFound");
    if (outcome.failure.reason === "notFound" && isAbsent) return null;
    throw refusal(request, outcome.failure);
  }
  const root: Place = { path: "", value: outcome.answer.body };
  const plan = mapAnswer(request.task, () => {
    const extensions = at(root, "properties.extensions");
    const found = toPlan(at(root, "id"), { tier: at(root, "properties.pricingTier"), extensions });
    if (found.name === name) return found;
    throw new MalformedPropertyError("id", found.id, `the resource id of a pricing named ${name}`);
  });
  return { ...plan, scope: scope.toLowerCase() };
}

function toPlan(
  idPlace: Place,
  { tier, extensions }: { readonly tier: Place; readonly extensions: Place },
): DefenderPlan {
  const id = readText(idPlace);
  const [, scope, name] = pricingId.exec(id ?? "") ?? [];
  if (id === null || scope === undefined)
    throw new MalformedPropertyError(
      idPlace.path,
      idPlace.value,
      "the resource id of a pricing named Containers or CloudPosture",
    );
  return {
    id,
    name: name?.toLowerCase() === "containers" ? "Containers" : "CloudPosture",
    scope: scope.toLowerCase(),
    tier: readRequiredText(tier),
    extensions: readingOf(scope, () => mapExtensions(extensions)),
  };
}

/** None when absent: a plan that is off lists none. */
function mapExtensions(place: Place): readonly PlanExtension[] {
  return (readList(place) ?? []).map((extension) => ({
    name: readRequiredText(at(extension, "name")),
    isEnabled: readText(at(extension, "isEnabled")),
  }));
}

/**
 * Lower case; `/` when it may be anybody's pricing: a scope that is none would hide nobody's. A pricing of another
 * plan than Containers is its own scope, for it hides no other.
 */
function scopeOf(row: unknown): string {
  if (!isObject(row)) return "/";
  const [id, scope, name] = typeof row.id === "string" ? (pricingId.exec(row.id) ?? []) : [];
  if (scope !== undefined)
    return (name?.toLowerCase() === "containers" ? scope : (id ?? scope)).toLowerCase();
  const { subscriptionId } = row;
  return typeof subscriptionId === "string" && /^[0-9a-f-]{36}$/i.test(subscriptionId)
    ? `/subscriptions/${subscriptionId.toLowerCase()}`
    : "/";
}
