import { defineControl } from "../../domain/control.ts";
import type { PoolBoot } from "../../domain/node-facts.ts";
import { type Evidence, fail, isSome, notApplicable, seen, unknown } from "../../domain/verdict.ts";
import { passIfAllListed } from "../listed-pools.ts";

export const trustedLaunchOn = defineControl({
  id: "nodes.trusted-launch-on",
  title: "Linux nodes boot only what is signed, and can prove it",
  severity: "low",
  layer: "nodes",
  rationale:
    "Whoever gets root on a node may plant something that starts before the operating system and outlives every clean-up; secure boot refuses it, and the virtual TPM makes it show.",
  remediation: {
    summary:
      "Turn on secure boot and the virtual TPM: the pool's nodes are reimaged with an image made for it. Sizes of the first generation and most FIPS images cannot do it: their workloads need a new pool without. Drivers that nobody signed, as some for GPUs, no longer load.",
    commands: [
      "az aks nodepool update --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name {pool} --enable-secure-boot --enable-vtpm",
    ],
  },
  references: { docs: "https://learn.microsoft.com/azure/aks/use-trusted-launch" },
  needs: ["trustedLaunch"],
  evaluate({ trustedLaunch: { listed, unlisted } }) {
    const able = listed.filter((pool) => !isLeftOut(pool));
    const off = able.filter(({ secureBoot, vtpm }) => !secureBoot.value || !vtpm.value);
    const failing: readonly Evidence[] = off
      .filter(isDecided)
      .flatMap(toEvidence)
      .filter(({ observed }) => observed !== true);
    if (isSome(failing)) return fail(...failing);
    if (off.length > 0)
      return unknown(
        `Whether these pools could have it cannot be told from their sizes and runtimes: ${off.map(({ pool }) => pool).join(", ")}.`,
        ...off.flatMap(toEvidence),
      );
    if (able.length === 0 && listed.length > 0 && unlisted === null)
      return notApplicable("No pool can have it: Windows, Arm64, confidential or sandboxed nodes alone.");
    return passIfAllListed({ listed, unlisted }, ...able.flatMap(toEvidence));
  },
});

/**
 * Windows, Arm64, confidential and sandboxed pools cannot have it
 * (https://learn.microsoft.com/azure/aks/use-trusted-launch). Sizes tell Arm64 by a `p` after the count of CPUs
 * (`Standard_D4ps_v5`) and confidential machines by the series DC and EC.
 */
function isLeftOut({ osType, vmSize, workloadRuntime, imageVersion }: PoolBoot): boolean {
  return (
    osType.toLowerCase() === "windows" ||
    workloadRuntime?.toLowerCase() === "katavmisolation" ||
    /arm64/i.test(imageVersion ?? "") ||
    /^Standard_(D|E)C\d/i.test(vmSize ?? "") ||
    /^Standard_[a-z]+\d+(-\d+)?[a-z]*p[a-z]*(_|$)/i.test(vmSize ?? "")
  );
}

/** Pools of single machines name no size, and new kinds of runtime or system may not be able either. */
function isDecided({ osType, vmSize, workloadRuntime }: PoolBoot): boolean {
  return (
    osType.toLowerCase() === "linux" &&
    vmSize !== null &&
    /^(ocicontainer|wasmwasi)$/i.test(workloadRuntime ?? "OCIContainer")
  );
}

function toEvidence({ pool, secureBoot, vtpm }: PoolBoot): readonly Evidence[] {
  return [
    { ...seen(secureBoot, true), pool },
    { ...seen(vtpm, true), pool },
  ];
}
