import { defineControl } from "../../domain/control.ts";
import type { PoolSetting } from "../../domain/setting.ts";
import { type Evidence, fail, isSome, seen, unknown } from "../../domain/verdict.ts";
import { minorVersionOf } from "../kubernetes-version.ts";
import { passIfAllListed } from "../listed-pools.ts";

export const versionsAligned = defineControl({
  id: "nodes.versions-aligned",
  title: "Node pools keep up with their control plane's version",
  severity: "medium",
  layer: "nodes",
  rationale:
    "Kubernetes promises that a node works with its control plane only a few minor versions apart; further behind, pods fail in ways nobody tests, and no security fix is made for the node any more.",
  remediation: {
    summary:
      "Upgrade the pool to the control plane's version, one minor after the other where it is several behind: its nodes are drained and replaced each time. A pool cannot go back.",
    commands: [
      "az aks nodepool upgrade --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name {pool} --kubernetes-version '<version>'",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/manage-node-pools",
    guides: ["B"],
  },
  needs: ["controlPlaneVersion", "poolVersions"],
  evaluate({ controlPlaneVersion: { version }, poolVersions }) {
    const controlPlane = minorVersionOf(version.value ?? "");
    if (controlPlane === null)
      return unknown(
        `The control plane's version cannot be told from ${JSON.stringify(version.value)}.`,
        seen(version, "a version of Kubernetes"),
      );

    const mostBehind = controlPlane.major === 1 && controlPlane.minor < 28 ? 2 : 3;
    const pools = poolVersions.listed.map((pool) => {
      const own = minorVersionOf(pool.value ?? "");
      return {
        behind: own?.major === controlPlane.major ? controlPlane.minor - own.minor : null,
        evidence: evidenceOf(pool, `at most ${mostBehind} minor versions behind ${version.value}`),
      };
    });
    const late: readonly Evidence[] = pools
      .filter(({ behind }) => behind !== null && behind > mostBehind)
      .map(({ evidence }) => evidence);
    if (isSome(late)) return fail(...late);

    // A pool ahead of its control plane cannot be: the two were not read at one time.
    const odd = pools.filter(({ behind }) => behind === null || behind < 0).map(({ evidence }) => evidence);
    if (odd.length > 0) {
      const quoted = odd.map(({ observed, pool }) => `${pool}: ${JSON.stringify(observed)}`).join(", ");
      return unknown(`Pools with a version that does not compare with ${version.value}: ${quoted}.`, ...odd);
    }
    return passIfAllListed(poolVersions, ...pools.map(({ evidence }) => evidence));
  },
});

function evidenceOf(setting: PoolSetting<string | null>, expected: string): Evidence {
  return { ...seen(setting, expected), pool: setting.pool };
}
