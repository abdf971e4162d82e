import { defineControl } from "../../domain/control.ts";
import type { PoolSetting } from "../../domain/setting.ts";
import { type Evidence, fail, isSome, seen, unknown } from "../../domain/verdict.ts";
import { passIfAllListed } from "../listed-pools.ts";

export const sshDisabled = defineControl({
  id: "nodes.ssh-disabled",
  title: "Nodes accept no SSH log-in by local key",
  severity: "low",
  layer: "nodes",
  rationale:
    "A key on a node outlives the person who left with it; whoever reaches the node's network with it is then root beside every pod.",
  remediation: {
    summary:
      "Turn SSH off for the pool, or choose entraid for log-ins under Entra ID. It holds once the pool's nodes are reimaged, which the second command does one node after the other; kubectl debug still reaches a node.",
    commands: [
      "az aks nodepool update --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name {pool} --ssh-access disabled",
      "az aks nodepool upgrade --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name {pool} --node-image-only",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/manage-ssh-node-access",
    policy: ["28257686-e9db-403e-b9e2-a5eecbe03da9"],
  },
  needs: ["sshAccess"],
  evaluate({ sshAccess }) {
    const seenAs = (...values: readonly string[]): readonly Evidence[] =>
      sshAccess.listed.filter(({ value }) => values.includes(value.toLowerCase())).map(toEvidence);

    const open = seenAs("localuser");
    if (isSome(open)) return fail(...open);

    const closed = seenAs("disabled", "entraid");
    if (closed.length < sshAccess.listed.length) {
      const odd = sshAccess.listed.filter(({ value }) => !/^(disabled|entraid)$/i.test(value));
      const quoted = odd.map(({ pool, value }) => `${pool}: "${value}"`).join(", ");
      return unknown(`A kind of SSH access this version does not know: ${quoted}.`, ...odd.map(toEvidence));
    }
    return passIfAllListed(sshAccess, ...closed);
  },
});

function toEvidence(setting: PoolSetting<string>): Evidence {
  return { ...seen(setting, "Disabled or EntraId"), pool: setting.pool };
}
