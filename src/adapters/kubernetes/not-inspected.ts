import type { FurtherReadings } from "../../application/fact-source.ts";
import { collected } from "../../domain/reading.ts";

/** The groups that nothing but the Kubernetes API tells of. */
export const inspectedGroups = [
  "inspectedWorkloads",
  "namespaceIsolation",
  "kubernetesBindings",
  "podSecrets",
  "podImages",
] as const;

/** Nobody looked into a cluster, and nobody is to blame; `reason` says why and what would change it, in whole sentences. */
export function notInspected(reason: string): FurtherReadings {
  const nothing = collected({ state: "notInspected", reason } as const);
  return {
    inspectedWorkloads: nothing,
    namespaceIsolation: nothing,
    kubernetesBindings: nothing,
    podSecrets: nothing,
    podImages: nothing,
  };
}
