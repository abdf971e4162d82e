import { defineControl } from "../../domain/control.ts";
import type { NodeImage } from "../../domain/node-facts.ts";
import { type Evidence, fail, isSome, notApplicable, pass, unknown } from "../../domain/verdict.ts";
import { azureLinux2 } from "../lifecycle.ts";

export const azureLinuxCurrent = defineControl({
  id: "nodes.azure-linux-current",
  title: "No node runs Azure Linux 2.0",
  severity: "critical",
  layer: "nodes",
  rationale:
    "Azure Linux 2.0 is past its end of support: it gets no security updates, and with its images removed such a pool can be neither scaled nor repaired.",
  remediation: {
    summary:
      "Move each pool to Azure Linux 3.0 in place (Kubernetes 1.28 to 1.36; nodes are reimaged), or upgrade the pool to Kubernetes 1.32 or later, where AzureLinux means 3.0. For auto-provisioned nodes, set the image family in their node class.",
    commands: [
      "az aks nodepool update --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name {pool} --os-sku AzureLinux3",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/upgrade-os-version",
    guides: ["A"],
  },
  needs: ["nodeImages", "clock"],
  evaluate({ nodeImages, clock: { asOf } }) {
    if (nodeImages.length === 0)
      return unknown("No node pool or machine is listed, so there is nothing to judge.");

    const nodes = nodeImages.map((image) => ({
      release: releaseOf(image),
      evidence: evidenceOf(image, asOf),
    }));
    const seenAs = (release: Release): readonly Evidence[] =>
      nodes.filter((node) => node.release === release).map(({ evidence }) => evidence);

    const outdated = seenAs("2.0");
    if (isSome(outdated) && asOf >= azureLinux2.supportEnd.on) return fail(...outdated);

    const undecided = seenAs("undecided");
    if (undecided.length > 0) {
      const quoted = [...new Set(undecided.map(({ observed }) => JSON.stringify(observed)))].join(", ");
      return unknown(`Neither image nor OS SKU tells the release of Azure Linux: ${quoted}.`, ...undecided);
    }
    const azureLinux = [...outdated, ...seenAs("current")];
    return azureLinux.length > 0
      ? pass(...azureLinux)
      : notApplicable("No node runs Azure Linux.", ...seenAs("other"));
  },
});

type Release = "2.0" | "current" | "other" | "undecided";

/**
 * What really runs is the image; the OS SKU decides only where the image's name does not, and `AzureLinux` alone
 * never does: Kubernetes 1.31 runs either release under it.
 */
function releaseOf({ imageVersion, osSku, osType }: NodeImage): Release {
  const image = imageVersion ?? "";
  const sku = (osSku ?? "").toLowerCase();
  if (/^AKS(AzureLinux|CBLMariner|Mariner)-V2(?!\d)/i.test(image)) return "2.0";
  if (/^AKSAzureLinux-V3(?!\d)/i.test(image)) return "current";
  if (/^AKS(AzureLinux|CBLMariner|Mariner)-V\d/i.test(image)) return "undecided";
  if (sku === "cblmariner" || sku === "mariner") return "2.0";
  if (sku === "azurelinux3" || sku === "azurelinuxosguard" || sku === "azurecontainerlinux") return "current";
  if (sku === "azurelinux" || /^AKS(AzureLinux|CBLMariner|Mariner)/i.test(image)) return "undecided";
  if (/^AKS(Ubuntu|Windows|Flatcar)/i.test(image) || /^(ubuntu|windows|flatcar)/.test(sku)) return "other";
  return sku === "" && osType?.toLowerCase() === "windows" ? "other" : "undecided";
}

function evidenceOf({ path, pool, imageVersion, osSku, isOsSkuImplied }: NodeImage, asOf: string): Evidence {
  return {
    path,
    observed: imageVersion ?? (isOsSkuImplied ? null : osSku),
    expected: expectedAt(asOf),
    ...(pool === null ? {} : { pool }),
  };
}

function expectedAt(asOf: string): string {
  const { supportEnd, imageRemoval } = azureLinux2;
  if (asOf < supportEnd.on) return `Azure Linux 3.0, or 2.0 while it is supported: until ${supportEnd.on}`;
  const removed =
    asOf < imageRemoval.on
      ? `its images go on ${imageRemoval.on}`
      : `its images are gone since ${imageRemoval.on}`;
  return `Azure Linux 3.0: 2.0 is out of support since ${supportEnd.on}, ${removed}`;
}
