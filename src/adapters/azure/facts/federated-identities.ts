import type { FactSource, ObservedCluster } from "../../../application/ports.ts";
import { isResourceGroupOrWider } from "../../../domain/access.ts";
import { type Facts, type Reading, unavailable } from "../../../domain/facts.ts";
import type { Gap } from "../../../domain/gap.ts";
import { type Held, mayHave, type ReadAccess, readingWith } from "../access/access.ts";
import { type FederatedCredential, readFederatedCredentials } from "../access/federated-credentials.ts";
import type { Patience } from "../patience.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import type { ResourceManager } from "../resource-manager.ts";
import { nodeGroupIdOf } from "./node-group-access.ts";

interface Connections {
  readonly graph: ResourceGraph;
  readonly arm: ResourceManager;
  readonly patience: Patience;
  readonly readAccess: ReadAccess;
}

/**
 * Identities with mighty roles that take tokens of a cluster for their own. Only of those are the credentials read,
 * which need one request each: whom the others trust gives nobody much.
 */
export function createFederatedIdentities({ graph, arm, patience, readAccess }: Connections): FactSource {
  return {
    groups: ["federatedIdentities"],
    async read(clusters) {
      const hasIssuer = clusters.some((one) => issuerOf(one) !== null);
      // Nobody can trust clusters that sign no tokens.
      if (!hasIssuer) return (one) => ({ federatedIdentities: readOne(one, nobody) });
      const access = await readAccess(clusters);
      const mighty = await access.mightyApplications();
      const { credentials, gap } = await readFederatedCredentials(
        graph,
        arm,
        candidates(mighty, clusters),
        patience,
      );
      const issuers = new Set(clusters.flatMap((one) => issuerOf(one) ?? []).map(normal));
      const trusting = credentials.filter(({ issuer }) => issuers.has(normal(issuer)));
      const held = await access.heldBy(trusting.map(({ principalId }) => principalId));
      const gapFor = (one: ObservedCluster) => mighty.gapFor(one) ?? held.gapFor(one) ?? gap;
      return (one) => ({ federatedIdentities: readOne(one, { trusting, held, gapFor }) });
    },
  };
}

interface Trust {
  readonly trusting: readonly FederatedCredential[];
  readonly held: Pick<Held, "of">;
  readonly gapFor: (one: ObservedCluster) => Gap | null;
}

const nobody: Trust = { trusting: [], held: { of: () => [] }, gapFor: () => null };

/** Those with a mighty role on more than a single resource. What clusters' own identities hold in their node groups makes none of them one. */
function candidates({ all }: Held, clusters: readonly ObservedCluster[]): readonly string[] {
  const nodeGroups = new Set(clusters.flatMap((one) => nodeGroupIdOf(one)?.toLowerCase() ?? []));
  const own = new Set(clusters.flatMap(clusterIdentitiesOf));
  const mighty = all.filter(
    (grant) =>
      grant.role.powers !== null &&
      mayHave(grant, "everything", "roleAssignments") &&
      isResourceGroupOrWider(grant.scope) &&
      !/^(user|group|foreigngroup|device)$/i.test(grant.principalType ?? "") &&
      !(own.has(grant.principalId) && nodeGroups.has(grant.scope.toLowerCase())),
  );
  return [...new Set(mighty.map(({ principalId }) => principalId))].sort();
}

function clusterIdentitiesOf({ readings: { principals } }: ObservedCluster): readonly string[] {
  return principals?.state === "collected"
    ? principals.value.cluster.map(({ value }) => value.toLowerCase())
    : [];
}

function issuerOf({ readings: { tokenIssuer } }: ObservedCluster): string | null {
  return tokenIssuer?.state === "collected" ? tokenIssuer.value.url.value : null;
}

function readOne(
  one: ObservedCluster,
  { trusting, held, gapFor }: Trust,
): Reading<Facts["federatedIdentities"]> {
  const { tokenIssuer } = one.readings;
  if (tokenIssuer === undefined) throw new Error("Nobody asked for the cluster's issuer of tokens.");
  if (tokenIssuer.state === "unavailable") return unavailable(tokenIssuer.gap);
  const own = issuerOf(one);
  if (own === null) return readingWith({ identities: [], grants: [] }, null);
  const identities = trusting
    .filter(({ issuer }) => normal(issuer) === normal(own))
    .map(({ path, principalId }) => ({ path, principalId }));
  const grants = [...new Set(identities.map(({ principalId }) => principalId))]
    .flatMap((id) => held.of(id))
    .filter((grant) => mayHave(grant, "everything", "roleAssignments"));
  return readingWith({ identities, grants }, gapFor(one));
}

/** AKS writes its issuers with a slash at the end; people leave it out. */
function normal(issuer: string): string {
  return issuer.toLowerCase().replace(/\/+$/, "");
}
