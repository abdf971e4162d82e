import type { RawObject } from "./world.ts";

interface Minor {
  readonly version: string;
  /** Newest first. */
  readonly patches: readonly string[];
  /** `longTerm`: out of standard support. */
  readonly offer: "standard" | "longTerm" | "preview";
}

const minors: readonly Minor[] = [
  { version: "1.31", patches: ["1.31.13", "1.31.11"], offer: "longTerm" },
  { version: "1.32", patches: ["1.32.13", "1.32.11"], offer: "longTerm" },
  { version: "1.33", patches: ["1.33.13", "1.33.12"], offer: "longTerm" },
  { version: "1.34", patches: ["1.34.9", "1.34.8"], offer: "standard" },
  { version: "1.35", patches: ["1.35.8", "1.35.6"], offer: "standard" },
  { version: "1.36", patches: ["1.36.2", "1.36.1"], offer: "standard" },
  { version: "1.37", patches: ["1.37.0"], offer: "preview" },
];

/** Where Azure China stands apart: no previews, and 1.34 is out of standard support some days before its time. */
const minorsInChina = minors
  .filter(({ offer }) => offer !== "preview")
  .map((minor): Minor => (minor.version === "1.34" ? { ...minor, offer: "longTerm" } : minor));

/** What a region offers in the estate's last days of November 2026, in the form of https://learn.microsoft.com/rest/api/aks/managed-clusters/list-kubernetes-versions. */
export function offeredVersions(region: string): readonly RawObject[] {
  return (region.startsWith("china") ? minorsInChina : minors).map(({ version, patches, offer }) => ({
    version,
    ...(version === "1.35" && { isDefault: true }),
    isPreview: offer === "preview" ? true : null,
    capabilities: {
      supportPlan: [
        ...(offer === "longTerm" ? [] : ["KubernetesOfficial"]),
        ...(offer === "preview" ? [] : ["AKSLongTermSupport"]),
      ],
    },
    patchVersions: Object.fromEntries(
      patches.map((patch, index) => [patch, { upgrades: patches.slice(0, index) }]),
    ),
  }));
}
