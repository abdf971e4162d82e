import { defineControl } from "../../domain/control.ts";
import type { PoolSetting } from "../../domain/setting.ts";
import { type Evidence, fail, isSome, seen } from "../../domain/verdict.ts";
import { passIfAllListed } from "../listed-pools.ts";

export const disksEncryptedAtHost = defineControl({
  id: "nodes.disks-encrypted-at-host",
  title: "Nodes' disks are encrypted by the host they run on",
  severity: "medium",
  layer: "nodes",
  rationale:
    "Azure's storage encrypts disks at rest, but temporary disks and disk caches live on the physical host: without encryption there, what pods write to them lies in plain text.",
  remediation: {
    summary:
      "A pool gets this only when it is made, on sizes that can do it and in subscriptions where the feature EncryptionAtHost is registered: add a pool with it, move the workloads there, then delete the old one.",
    commands: [
      "az aks nodepool add --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name '<new-pool>' --mode '<System-or-User>' --node-vm-size '<size>' --enable-encryption-at-host",
      "az aks nodepool delete --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name {pool}",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/enable-host-encryption",
    mcsb: ["DP-4"],
    policy: ["41425d9f-d1a5-499a-9932-f8ed8453932c"],
  },
  needs: ["hostEncryption"],
  evaluate({ hostEncryption }) {
    const plain: readonly Evidence[] = hostEncryption.listed.filter(({ value }) => !value).map(toEvidence);
    if (isSome(plain)) return fail(...plain);
    return passIfAllListed(hostEncryption, ...hostEncryption.listed.map(toEvidence));
  },
});

function toEvidence(setting: PoolSetting<boolean>): Evidence {
  return { ...seen(setting, true), pool: setting.pool };
}
