import { defineControl } from "../../domain/control.ts";
import type { NodeAddress } from "../../domain/node-facts.ts";
import { type Evidence, fail, isSome, pass, unknown } from "../../domain/verdict.ts";

export const publicIpsAbsent = defineControl({
  id: "nodes.public-ips-absent",
  title: "No node has a public IP address",
  severity: "high",
  layer: "nodes",
  rationale:
    "A node with an address of its own is a machine on the internet: every port a pod opens on the host is one security rule away from everybody.",
  remediation: {
    summary:
      "A pool's public addresses cannot be turned off: add a pool without them, move its workloads there, then delete the old one. An address that somebody gave a scale set or network interface by hand is taken off there.",
    commands: [
      "az aks nodepool add --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name '<new-pool>' --mode '<System-or-User>' --node-vm-size '<size>'",
      "az aks nodepool delete --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name {pool}",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/use-node-public-ips",
    cis: ["5.4.3"],
    guides: ["A"],
  },
  needs: ["nodeAddresses"],
  evaluate({ nodeAddresses }) {
    const exposed: readonly Evidence[] = nodeAddresses.filter(({ isPublic }) => isPublic).map(toEvidence);
    if (isSome(exposed)) return fail(...exposed);
    if (nodeAddresses.length === 0)
      return unknown("No node pool or machine is listed, so there is nothing to judge.");
    return pass(...nodeAddresses.map(toEvidence));
  },
});

function toEvidence({ path, observed, pool }: NodeAddress): Evidence {
  return { path, observed, expected: "no public IP address", ...(pool === null ? {} : { pool }) };
}
