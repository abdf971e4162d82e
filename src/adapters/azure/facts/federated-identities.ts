import type { FactSource, ObservedCluster } from "../../../application/ports.ts";
import { isResourceGroupOrWider } from "../../../domain/access.ts";
import { type Facts, type Reading, unavailable } from "../../../domain/facts.ts";
import { type Access, mayHave, type ReadAccess, readingWith } from "../access/access.ts";
import { type FederatedCredentials, readFederatedCredentials } from "../access/federated-credentials.ts";
import type { Patience } from "../patience.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import type { ResourceManager } from "../resource-manager.ts";

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
      const access = await readAccess(clusters);
      const hasIssuer = clusters.some(
        ({ readings: { tokenIssuer } }) =>
          tokenIssuer?.state === "collected" && tokenIssuer.value.url.value !== null,
      );
      const credentials = hasIssuer
        ? await readFederatedCredentials(graph, arm, mightyPrincipals(access), patience)
        : none;
      return (one) => ({ federatedIdentities: readOne(one, access, credentials) });
    },
  };
}

const none: FederatedCredentials = { credentials: [], gap: null };

function mightyPrincipals({ grants }: Access): readonly string[] {
  const mighty = grants.all.filter(
    (grant) =>
      grant.role.powers !== null &&
      mayHave(grant, "everything", "roleAssignments") &&
      isResourceGroupOrWider(grant.scope) &&
      !/^(user|group|foreigngroup|device)$/i.test(grant.principalType ?? ""),
  );
  return [...new Set(mighty.map(({ principalId }) => principalId))].sort();
}

function readOne(
  one: ObservedCluster,
  access: Access,
  { credentials, gap }: FederatedCredentials,
): Reading<Facts["federatedIdentities"]> {
  const { tokenIssuer } = one.readings;
  if (tokenIssuer === undefined) throw new Error("Nobody asked for the cluster's issuer of tokens.");
  if (tokenIssuer.state === "unavailable") return unavailable(tokenIssuer.gap);
  const { value: issuer } = tokenIssuer.value.url;
  // Nobody can trust a cluster that signs no tokens.
  if (issuer === null) return readingWith({ identities: [], grants: [] }, null);
  const identities = credentials.filter((credential) => isSameIssuer(credential.issuer, issuer));
  const grants = [...new Set(identities.map(({ principalId }) => principalId))]
    .flatMap((id) => access.grants.of(id))
    .filter((grant) => mayHave(grant, "everything", "roleAssignments"));
  return readingWith(
    { identities: identities.map(({ path, principalId }) => ({ path, principalId })), grants },
    access.gapAnywhere(one) ?? gap,
  );
}

/** AKS writes its issuers with a slash at the end; people leave it out. */
function isSameIssuer(one: string, other: string): boolean {
  const trimmed = (url: string) => url.toLowerCase().replace(/\/+$/, "");
  return trimmed(one) === trimmed(other);
}
