import type { Gap } from "../../../domain/gap.ts";
import { at, MalformedPropertyError, type Place, readingOf, readList, readText } from "../../row.ts";
import { grantRole } from "../remedies.ts";
import type { GrantIndex } from "./grant-index.ts";

/** The management groups above subscriptions, and which of them the monitor may look into. */
export interface Ancestry {
  /** Resource ids from the nearest up; null when nobody shows the subscription's chain. */
  above(subscriptionId: string): readonly string[] | null;
  isShown(managementGroupId: string): boolean;
}

/** Reads rows of `containersQuery`: subscriptions with their chains, and the management groups that may be seen. */
export function createAncestry(rows: readonly unknown[]): Ancestry {
  const chains = new Map<string, readonly string[]>();
  const shown = new Set<string>();
  for (const row of rows) {
    const container = readingOf("", () => mapContainer({ path: "", value: row }));
    if (container.state === "unavailable" || container.value === null) continue;
    const { id, chain } = container.value;
    if (chain === null) shown.add(id);
    else chains.set(id, chain);
  }
  return {
    above: (subscriptionId) => chains.get(`/subscriptions/${subscriptionId}`.toLowerCase()) ?? null,
    isShown: (managementGroupId) => shown.has(managementGroupId.toLowerCase()),
  };
}

/**
 * Why assignments that reach a cluster from above may not all have been shown, or null when they were. Resource Graph
 * leaves out what the monitor may not read: a management group that is not shown, and at which no assignment is, may
 * hold any.
 */
export function unseenAbove(subscriptionId: string, ancestry: Ancestry, grants: GrantIndex): Gap | null {
  const chain = ancestry.above(subscriptionId);
  if (chain === null)
    return {
      scope: `/subscriptions/${subscriptionId}`,
      reason: "incomplete",
      detail: "Resource Graph does not show which management groups the subscription is in.",
      remedy: grantRole("Reader", `/subscriptions/${subscriptionId}`),
    };
  const places = [`/subscriptions/${subscriptionId}`, ...chain, "/"];
  // Somebody holds every subscription: nothing at all is less than there is.
  if (places.every((place) => grants.at(place).length === 0))
    return {
      scope: `/subscriptions/${subscriptionId}`,
      reason: "accessDenied",
      detail:
        "Resource Graph shows no role assignment at the subscription or above, although somebody must hold one.",
      remedy: grantRole("Reader", `/subscriptions/${subscriptionId}`),
    };
  const hidden = chain.findLast((id) => !ancestry.isShown(id) && grants.at(id).length === 0);
  if (hidden === undefined) return null;
  return {
    scope: hidden,
    reason: "incomplete",
    detail: `Role assignments at management group ${nameOf(hidden)} may be hidden: Resource Graph does not show the group.`,
    remedy: grantRole("Reader", hidden),
  };
}

/** A chain is null for what is a management group itself. */
function mapContainer(root: Place): { readonly id: string; readonly chain: readonly string[] | null } | null {
  const id = readText(at(root, "id"))?.toLowerCase();
  const type = readText(at(root, "type"))?.toLowerCase();
  if (id === undefined) return null;
  if (type !== "microsoft.resources/subscriptions") return { id, chain: null };
  const links = readList(at(root, "chain"));
  if (links === null) return null;
  return {
    id,
    chain: links.map((link) => {
      const name = at(link, "name");
      const text = readText(name);
      if (text === null) throw new MalformedPropertyError(name.path, undefined, "a string");
      return `/providers/Microsoft.Management/managementGroups/${text}`;
    }),
  };
}

function nameOf(managementGroupId: string): string {
  return managementGroupId.slice(managementGroupId.lastIndexOf("/") + 1);
}
