import type { FactSource, ObservedCluster } from "../../../application/ports.ts";
import { type Facts, type Reading, unavailable } from "../../../domain/facts.ts";
import { type Access, mayHave, type ReadAccess, readingWith } from "../access/access.ts";
import { nodeGroupIdOf } from "./node-group-access.ts";

/** Mighty roles of the identities a cluster acts as, wherever they were assigned. */
export function createIdentityGrants(readAccess: ReadAccess): FactSource {
  return {
    groups: ["identityGrants"],
    async read(clusters) {
      const access = await readAccess(clusters);
      return (one) => ({ identityGrants: readOne(one, access) });
    },
  };
}

function readOne(one: ObservedCluster, access: Access): Reading<Facts["identityGrants"]> {
  const { principals } = one.readings;
  if (principals === undefined) throw new Error("Nobody asked for the identities of the cluster.");
  if (principals.state === "unavailable") return unavailable(principals.gap);
  const { kubelet, cluster } = principals.value;
  const ids = [kubelet.value, ...cluster.map(({ value }) => value)].flatMap((id) => id ?? []);
  const grants = [...new Set(ids)]
    .flatMap((id) => access.grants.of(id))
    .filter((grant) => mayHave(grant, "everything", "roleAssignments"));
  return readingWith({ nodeGroupId: nodeGroupIdOf(one), grants }, access.gapAnywhere(one));
}
