import { defineControl } from "../../domain/control.ts";
import type { NodeImage } from "../../domain/node-facts.ts";
import { type Evidence, fail, isSome, notApplicable, pass, unknown } from "../../domain/verdict.ts";

export const azureLinuxPreferred = defineControl({
  id: "nodes.azure-linux-preferred",
  title: "Linux nodes run Azure Linux",
  severity: "low",
  layer: "nodes",
  rationale:
    "Azure Linux carries only what a node needs, so there is less on it to attack and to patch than on a general distribution; a second distribution is a second stream of patches to follow.",
  remediation: {
    summary:
      "Change the pool's operating system in place; its nodes are reimaged one after the other. Try workloads that reach into the host (agents, drivers, GPU) on another pool first.",
    commands: [
      "az aks nodepool update --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name {pool} --os-sku AzureLinux",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/use-azure-linux",
    guides: ["A"],
  },
  needs: ["nodeImages"],
  evaluate({ nodeImages }) {
    if (nodeImages.length === 0)
      return unknown("No node pool or machine is listed, so there is nothing to judge.");

    const seenAs = (family: Family): readonly Evidence[] =>
      nodeImages.filter((image) => familyOf(image) === family).map(toEvidence);

    const others = seenAs("otherLinux");
    if (isSome(others)) return fail(...others);

    const undecided = seenAs("undecided");
    if (undecided.length > 0) {
      const quoted = [...new Set(undecided.map(({ observed }) => JSON.stringify(observed)))].join(", ");
      return unknown(`Neither image nor OS SKU tells the operating system: ${quoted}.`, ...undecided);
    }
    const azureLinux = seenAs("azureLinux");
    return azureLinux.length > 0
      ? pass(...azureLinux)
      : notApplicable("No node runs Linux.", ...seenAs("windows"));
  },
});

type Family = "azureLinux" | "otherLinux" | "windows" | "undecided";

/** What really runs is the image; the OS SKU decides where the image's name does not. Mariner is Azure Linux's older name. */
function familyOf({ imageVersion, osSku, osType }: NodeImage): Family {
  const image = imageVersion ?? "";
  const sku = (osSku ?? "").toLowerCase();
  if (/^AKS(AzureLinux|AzureContainerLinux|CBLMariner|Mariner)-/i.test(image)) return "azureLinux";
  if (/^AKS(Ubuntu|Flatcar)/i.test(image)) return "otherLinux";
  if (/^AKSWindows/i.test(image) || osType?.toLowerCase() === "windows") return "windows";
  if (/^(azurelinux(3|osguard)?|azurecontainerlinux|(cbl)?mariner)$/.test(sku)) return "azureLinux";
  if (/^(ubuntu(\d{4})?|flatcar)$/.test(sku)) return "otherLinux";
  return /^windows(\d{4}|annual)$/.test(sku) ? "windows" : "undecided";
}

function toEvidence({ path, pool, imageVersion, osSku, isOsSkuImplied }: NodeImage): Evidence {
  return {
    path,
    observed: imageVersion ?? (isOsSkuImplied ? null : osSku),
    expected: isOsSkuImplied ? "Azure Linux: without an OS SKU it is Ubuntu" : "Azure Linux",
    ...(pool === null ? {} : { pool }),
  };
}
