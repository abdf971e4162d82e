import { both } from "../../../application/both.ts";
import { unnamedGroup } from "../../../application/collect-machines.ts";
import type { FactSource, MachinesOf } from "../../../application/fact-source.ts";
import type { NodeMachine, ObservedCluster } from "../../../application/ports.ts";
import type { UsableIdentity } from "../../../domain/access.ts";
import type { Facts } from "../../../domain/facts.ts";
import type { Gap } from "../../../domain/gap.ts";
import { type Reading, unavailable } from "../../../domain/reading.ts";
import { type AccessReader, mayHave, readingWith } from "../access/access.ts";

/** The identities of a cluster's scale sets and machines, with the mighty roles that they hold. */
export function createNodeIdentities(reader: AccessReader): FactSource {
  return {
    groups: ["nodeIdentities"],
    tenant: reader.tenant,
    async read(clusters, elsewhere) {
      const [access, machines] = await both(reader.read(clusters, elsewhere), elsewhere.machines);
      const held = await access.heldBy(clusters.flatMap((one) => principalsIn(ofCluster(one, machines))));
      return (one) => {
        const found = ofCluster(one, machines);
        if (found.state === "unavailable") return { nodeIdentities: found };
        const { identities } = found.value;
        const grants = [...new Set(identities.map(({ principalId }) => principalId))]
          .flatMap((id) => held.of(id))
          .filter((grant) => mayHave(grant, "everything", "roleAssignments", "registryPush", "keyVaultData"));
        const gap = found.state === "partial" ? found.gap : held.gapFor(one);
        return { nodeIdentities: readingWith({ identities, grants }, gap) };
      };
    },
  };
}

type Found = Reading<Pick<Facts["nodeIdentities"], "identities">>;

function principalsIn(found: Found): readonly string[] {
  return found.state === "unavailable" ? [] : found.value.identities.map(({ principalId }) => principalId);
}

function ofCluster(one: ObservedCluster, machinesOf: MachinesOf): Found {
  if (one.nodeResourceGroup === null) return unavailable(unnamedGroup(one));
  const machines = machinesOf(one);
  if (machines.state === "unavailable") return machines;
  const identities: UsableIdentity[] = [];
  const readable: NodeMachine[] = [];
  let unread: Gap | null = machines.state === "partial" ? machines.gap : null;
  for (const machine of machines.value) {
    if (machine.kind === "networkInterface") continue;
    const { principalIds } = machine;
    if (principalIds === null) throw new Error("Nobody asked for the identities of machines.");
    if (principalIds.state === "unavailable") {
      unread ??= principalIds.gap;
      continue;
    }
    readable.push(machine);
    for (const principalId of principalIds.value) identities.push({ path: machine.id, principalId });
  }
  return readingWith({ identities }, unread ?? unseenMachines(one, readable));
}

/** Every listed pool needs its scale set or all its machines, and nodes that no pool lists need somebody to be seen at all. */
function unseenMachines(one: ObservedCluster, found: readonly NodeMachine[]): Gap | null {
  const unseen = one.pools.find(({ name, kind, count }) => {
    const own = found.filter((machine) => machine.pool?.toLowerCase() === name.toLowerCase());
    const wanted = kind === "scaleSet" ? 1 : (count ?? 1);
    return own.filter((machine) => (machine.kind === "scaleSet") === (kind === "scaleSet")).length < wanted;
  });
  if (unseen === undefined && found.length > 0) return null;
  return {
    scope: one.cluster.id,
    reason: "incomplete",
    detail: `Resource Graph does not show ${unseen === undefined ? "any machine of the node resource group" : `the machines of pool ${unseen.name}`}, nor therefore their identities.`,
    remedy: "Grant the monitor the role Reader on the node resource group.",
  };
}
