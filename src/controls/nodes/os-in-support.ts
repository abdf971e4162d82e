import { defineControl } from "../../domain/control.ts";
import type { NodeImage } from "../../domain/node-facts.ts";
import {
  type Evidence,
  fail,
  isSome,
  lesserFail,
  notApplicable,
  pass,
  unknown,
} from "../../domain/verdict.ts";
import { type OsLifecycle, operatingSystems } from "../lifecycle.ts";

export const osInSupport = defineControl({
  id: "nodes.os-in-support",
  title: "No node runs a retired system besides Azure Linux 2.0",
  severity: "high",
  layer: "nodes",
  rationale:
    "A retired operating system gets no more security updates, and once its images are gone the pool can be neither scaled nor repaired. Azure Linux 2.0 has a control of its own.",
  remediation: {
    summary:
      "A Linux pool changes its operating system in place, and its nodes are reimaged. A Windows pool cannot: add one with a newer release, move the workloads there and delete the old pool.",
    commands: [
      "az aks nodepool update --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name {pool} --os-sku '<AzureLinux-or-Ubuntu>'",
      "az aks nodepool add --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name '<new-pool>' --os-type Windows --os-sku '<Windows2022-or-Windows2025>'",
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

    const nodes = nodeImages.map((image) => judge(image, asOf));
    const seenAs = (...states: readonly State[]): readonly Evidence[] =>
      nodes.filter(({ state }) => states.includes(state)).map(({ evidence }) => evidence);

    const ending = seenAs("retired", "retiring");
    if (isSome(ending)) {
      if (seenAs("retired").length > 0) return fail(...ending);
      return lesserFail("low", `Still supported, but for less than ${noticeInDays} days more.`, ...ending);
    }
    const undecided = seenAs("undecided");
    if (undecided.length > 0) {
      const quoted = [...new Set(undecided.map(({ observed }) => JSON.stringify(observed)))].join(", ");
      return unknown(`Neither image nor OS SKU tells the operating system: ${quoted}.`, ...undecided);
    }
    const current = seenAs("current");
    return current.length > 0
      ? pass(...current)
      : notApplicable("Every node runs Azure Linux 2.0, which nodes.azure-linux-current judges.");
  },
});

type Os = keyof typeof operatingSystems | "Azure Linux 2.0";
type State = "retired" | "retiring" | "current" | "elsewhere" | "undecided";

const noticeInDays = 180;

/** Pools and galleries spell Windows differently: `AKSWindows-2022-…` and `AKSWindows-windows-2022-…`. */
const images: readonly (readonly [RegExp, Os])[] = [
  [/^AKSUbuntu-1804(?!\d)/i, "Ubuntu 18.04"],
  [/^AKSUbuntu-2004(?!\d)/i, "Ubuntu 20.04"],
  [/^AKSUbuntu-2204(?!\d)/i, "Ubuntu 22.04"],
  [/^AKSUbuntu-2404(?!\d)/i, "Ubuntu 24.04"],
  [/^AKSWindows-(windows-)?2019(?!\d)/i, "Windows Server 2019"],
  [/^AKSWindows-(windows-)?2022(?!\d)/i, "Windows Server 2022"],
  [/^AKSWindows-(windows-)?2025(?!\d)/i, "Windows Server 2025"],
  [/^AKSWindows-(windows-)?\d\dH\d(?!\d)/i, "Windows Server Annual Channel"],
  [/^AKSFlatcar(?![a-z])/i, "Flatcar Container Linux"],
  [/^AKS(AzureLinux|CBLMariner|Mariner)-V2(?!\d)/i, "Azure Linux 2.0"],
  [/^AKSAzureLinux-V3(?!\d)/i, "Azure Linux 3.0"],
  [/^AKSAzureLinux-OSGuard/i, "Azure Linux with OS Guard"],
  [/^AKS(AzureContainerLinux-|AzureLinux-acl)/i, "Azure Container Linux"],
];

/** `Ubuntu` and `AzureLinux` alone do not tell a release: that depends on the Kubernetes version and on FIPS. */
const skus: ReadonlyMap<string, Os> = new Map([
  ["ubuntu2204", "Ubuntu 22.04"],
  ["ubuntu2404", "Ubuntu 24.04"],
  ["windows2019", "Windows Server 2019"],
  ["windows2022", "Windows Server 2022"],
  ["windows2025", "Windows Server 2025"],
  ["windowsannual", "Windows Server Annual Channel"],
  ["flatcar", "Flatcar Container Linux"],
  ["mariner", "Azure Linux 2.0"],
  ["cblmariner", "Azure Linux 2.0"],
  ["azurelinux3", "Azure Linux 3.0"],
  ["azurelinuxosguard", "Azure Linux with OS Guard"],
  ["azurecontainerlinux", "Azure Container Linux"],
]);

/** What really runs is the image; the OS SKU decides only where there is no image's name. */
function osOf({ imageVersion, osSku }: NodeImage): Os | null {
  if (imageVersion === null) return skus.get((osSku ?? "").toLowerCase()) ?? null;
  return images.find(([pattern]) => pattern.test(imageVersion))?.[1] ?? null;
}

function judge(image: NodeImage, asOf: string): { readonly state: State; readonly evidence: Evidence } {
  const os = osOf(image);
  const evidence = (expected: string): Evidence => ({
    path: image.path,
    observed: image.imageVersion ?? (image.isOsSkuImplied ? null : image.osSku),
    expected,
    ...(image.pool === null ? {} : { pool: image.pool }),
  });
  const good = "an operating system in support";
  if (os === null) return { state: "undecided", evidence: evidence(good) };
  if (os === "Azure Linux 2.0") return { state: "elsewhere", evidence: evidence(good) };

  const { retirement, imageRemoval }: OsLifecycle = operatingSystems[os];
  if (retirement === null)
    return { state: "current", evidence: evidence(`${good}: no end of ${os} is announced`) };
  const removal = imageRemoval === null ? "" : `, its images ${goOn(imageRemoval.on, asOf)}`;
  if (asOf >= retirement.on)
    return { state: "retired", evidence: evidence(`${good}: ${os} retired on ${retirement.on}${removal}`) };
  const isNear = Date.parse(retirement.on) - Date.parse(asOf) < noticeInDays * 86_400_000;
  return {
    state: isNear ? "retiring" : "current",
    evidence: evidence(`${good}: ${os} retires on ${retirement.on}${removal}`),
  };
}

function goOn(on: string, asOf: string): string {
  return asOf < on ? `go on ${on}` : `are gone since ${on}`;
}
