import type { FactSource } from "../../application/ports.ts";
import { collected } from "../../domain/facts.ts";

const notInspected = {
  state: "notInspected",
  reason:
    "Inspection is off, so that nobody looks into the cluster: the setting MIDWATCH_INSPECTION=on, or --inspect on the command line, lets Midwatch read the Kubernetes API.",
} as const;

/** Stands where the Kubernetes API would be read: nobody asked for it, which is no gap. */
export function createNoInspection(): FactSource {
  return {
    groups: ["namespaceIsolation", "kubernetesBindings", "podSecrets", "podImages"],
    async read() {
      const readings = {
        namespaceIsolation: collected(notInspected),
        kubernetesBindings: collected(notInspected),
        podSecrets: collected(notInspected),
        podImages: collected(notInspected),
      };
      return () => readings;
    },
  };
}
