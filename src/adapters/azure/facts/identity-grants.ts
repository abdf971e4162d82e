import type { FactSource } from "../../../application/fact-source.ts";
import type { ObservedCluster } from "../../../application/ports.ts";
import type { Facts } from "../../../domain/facts.ts";
import { type Reading, unavailable } from "../../../domain/reading.ts";
import { type AccessReader, type Held, mayHave, readingWith } from "../access/access.ts";
import { nodeGroupIdOf } from "./node-group-access.ts";

/** Mighty roles of the identities a cluster acts as, wherever they were assigned. */
export function createIdentityGrants(reader: AccessReader): FactSource {
  return {
    groups: ["identityGrants"],
    tenant: reader.tenant,
    async read(clusters, elsewhere) {
      const access = await reader.read(clusters, elsewhere);
      const held = await access.heldBy(clusters.flatMap(identitiesOf));
      return (one) => ({ identityGrants: readOne(one, held) });
    },
  };
}

function identitiesOf({ readings: { principals } }: ObservedCluster): readonly string[] {
  if (principals === undefined) throw new Error("Nobody asked for the identities of the cluster.");
  if (principals.state === "unavailable") return [];
  const { kubelet, cluster } = principals.value;
  return [kubelet.value, ...cluster.map(({ value }) => value)].flatMap((id) => id ?? []);
}

function readOne(one: ObservedCluster, held: Held): Reading<Facts["identityGrants"]> {
  const { principals } = one.readings;
  if (principals?.state === "unavailable") return unavailable(principals.gap);
  const grants = [...new Set(identitiesOf(one))]
    .flatMap((id) => held.of(id))
    .filter((grant) => mayHave(grant, "everything", "roleAssignments"));
  return readingWith({ nodeGroupId: nodeGroupIdOf(one), grants }, held.gapFor(one));
}
