import type { ClusterRef } from "./cluster.ts";

/** Which clusters are meant: those that meet every kind of condition given, any one of its values. */
export interface ClusterCondition {
  /** Tag names, without regard to case, to the values meant; none means whatever the value. */
  readonly tags?: Readonly<Record<string, readonly string[]>>;
  /** Ids. */
  readonly subscriptions?: readonly string[];
  /** Names. */
  readonly resourceGroups?: readonly string[];
}

/** The clusters a profile is for. */
export interface ProfileScope {
  /** Only these; all when left out. */
  readonly only?: ClusterCondition;
  /** Not these, even if meant above. */
  readonly except?: ClusterCondition;
}

/** A cluster that a profile is not for, and why. */
export interface ExcludedCluster {
  readonly cluster: ClusterRef;
  readonly reason: string;
}

/** Why a profile is not for a cluster; null when it is. */
export function exclusionOf(scope: ProfileScope | undefined, cluster: ClusterRef): string | null {
  if (scope?.only && !matches(scope.only, cluster))
    return "The profile is only for clusters that meet its condition `only`.";
  if (scope?.except && matches(scope.except, cluster))
    return "The profile leaves out clusters that meet its condition `except`.";
  return null;
}

function matches(condition: ClusterCondition, { tags, subscriptionId, resourceGroup }: ClusterRef): boolean {
  const { tags: wanted = {}, subscriptions, resourceGroups } = condition;
  return (
    (subscriptions === undefined || isAmong(subscriptions, subscriptionId)) &&
    (resourceGroups === undefined || isAmong(resourceGroups, resourceGroup)) &&
    Object.entries(wanted).every(([name, values]) => hasTag(tags, name, values))
  );
}

/** Azure tells tag names apart without regard to case, and values by every letter. */
function hasTag(tags: ClusterRef["tags"], name: string, values: readonly string[]): boolean {
  const [, value] = Object.entries(tags).find(([one]) => one.toLowerCase() === name.toLowerCase()) ?? [];
  return value !== undefined && (values.length === 0 || values.includes(value));
}

function isAmong(names: readonly string[], name: string | null): boolean {
  return name !== null && names.some((one) => one.toLowerCase() === name.toLowerCase());
}
