import type { FurtherReadings } from "../../application/fact-source.ts";
import type { Gap } from "../../domain/gap.ts";
import { collected, type Reading, unavailable } from "../../domain/reading.ts";

/** The groups that nothing but the Kubernetes API tells of. */
export const inspectedGroups = [
  "inspectedWorkloads",
  "namespaceIsolation",
  "kubernetesBindings",
  "environmentSecrets",
  "mountedSecrets",
  "podImages",
] as const;

/** Nobody looked into a cluster, and nobody is to blame; `reason` says why and what would change it, in whole sentences. */
export function notInspected(reason: string): FurtherReadings {
  return ofEveryGroup(collected({ state: "notInspected", reason } as const));
}

/** Everything inside a cluster is unread for one and the same reason. */
export function unreadInside(gap: Gap): FurtherReadings {
  return ofEveryGroup(unavailable<never>(gap));
}

function ofEveryGroup<T>(
  reading: Reading<T>,
): Readonly<Record<(typeof inspectedGroups)[number], Reading<T>>> {
  return {
    inspectedWorkloads: reading,
    namespaceIsolation: reading,
    kubernetesBindings: reading,
    environmentSecrets: reading,
    mountedSecrets: reading,
    podImages: reading,
  };
}
