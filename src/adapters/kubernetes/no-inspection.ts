import type { FactSource } from "../../application/fact-source.ts";
import { inspectedGroups, notInspected } from "./not-inspected.ts";

/** Stands where the Kubernetes API would be read: nobody asked for it, which is no gap. */
export function createNoInspection(): FactSource {
  const readings = notInspected(
    "Inspection is off, so that nobody looks into the cluster: the setting MIDWATCH_INSPECTION=on, or --inspect on the command line, lets Midwatch read the Kubernetes API.",
  );
  return { groups: inspectedGroups, read: async () => () => readings };
}
