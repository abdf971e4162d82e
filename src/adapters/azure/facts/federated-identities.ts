import type { FactSource, TenantRows } from "../../../application/fact-source.ts";
import type { ObservedCluster } from "../../../application/ports.ts";
import { gapFrom } from "../../../application/source-error.ts";
import type { Facts } from "../../../domain/facts.ts";
import type { Gap } from "../../../domain/gap.ts";
import { type Reading, unavailable } from "../../../domain/reading.ts";
import type { Patience } from "../../patience.ts";
import { type AccessReader, type Held, mayHave, readingWith } from "../access/access.ts";
import { type FederatedCredential, readFederatedCredentials } from "../access/federated-credentials.ts";
import {
  type ManagedIdentity,
  mapManagedIdentities,
  readManagedIdentities,
} from "../access/managed-identities.ts";
import { isMightyApplication } from "../access/mighty-application.ts";
import { holdOn } from "../access/own-node-groups.ts";
import type { TenantTables } from "../access/tenant-tables.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import type { ResourceManager } from "../resource-manager.ts";
import { nodeGroupIdOf } from "./node-group-access.ts";

interface Connections {
  readonly graph: ResourceGraph;
  readonly arm: ResourceManager;
  readonly patience: Patience;
  readonly reader: AccessReader;
  readonly tables: TenantTables;
}

/**
 * Identities with mighty roles that take tokens of a cluster for their own. Only of those are the credentials read,
 * which need one request each: whom the others trust gives nobody much.
 */
export function createFederatedIdentities({ graph, arm, patience, reader, tables }: Connections): FactSource {
  return {
    groups: ["federatedIdentities"],
    tenant: [...reader.tenant, tables.mightyAssignments, tables.mightyIdentities],
    async read(clusters, elsewhere) {
      const hasIssuer = clusters.some((one) => issuerOf(one) !== null);
      // Nobody can trust clusters that sign no tokens.
      if (!hasIssuer) return (one) => ({ federatedIdentities: readOne(one, nobody) });
      const access = await reader.read(clusters, elsewhere);
      const mighty = await access.mightyApplications();
      const { identities, unfound } = await findIdentities(
        graph,
        await elsewhere.tenant.rowsOf(tables.mightyIdentities),
        candidates(mighty, clusters),
      );
      const { credentials, gap } = await readFederatedCredentials(arm, identities, patience);
      const issuers = new Set(clusters.flatMap((one) => issuerOf(one) ?? []).map(normal));
      const trusting = credentials.filter(({ issuer }) => issuers.has(normal(issuer)));
      const held = await access.heldBy(trusting.map(({ principalId }) => principalId));
      const gapFor = (one: ObservedCluster) => mighty.gapFor(one) ?? held.gapFor(one) ?? unfound ?? gap;
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

/** Those with a mighty role on more than a single resource. What a cluster's own identity holds in its node group makes none of them one. */
function candidates({ all }: Held, clusters: readonly ObservedCluster[]): readonly string[] {
  const own = new Set(clusters.flatMap(ownHoldsOf));
  const mighty = all.filter(
    (grant) => isMightyApplication(grant) && !own.has(holdOn(grant.scope, grant.principalId)),
  );
  return [...new Set(mighty.map(({ principalId }) => principalId))].sort();
}

/** The managed identities among principals: those looked for in all the tenant, and those that only the clusters' own subscriptions show to be mighty. */
async function findIdentities(
  graph: ResourceGraph,
  known: TenantRows,
  principalIds: readonly string[],
): Promise<{ readonly identities: readonly ManagedIdentity[]; readonly unfound: Gap | null }> {
  const found = mapManagedIdentities(known.rows);
  const rest = await readManagedIdentities(
    graph,
    principalIds.filter((id) => !found.asked.has(id)),
  );
  const more = mapManagedIdentities(rest.rows);
  const failure = known.failure ?? rest.failure;
  const wanted = new Set(principalIds);
  return {
    identities: [...found.identities, ...more.identities].filter(({ principalId }) =>
      wanted.has(principalId),
    ),
    unfound: failure ? gapFrom(failure, "/") : (found.broken ?? more.broken),
  };
}

function ownHoldsOf(one: ObservedCluster): readonly string[] {
  const group = nodeGroupIdOf(one);
  const { principals } = one.readings;
  return group !== null && principals?.state === "collected"
    ? principals.value.cluster.map(({ value }) => holdOn(group, value))
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
