import { gapFrom, SourceError } from "../../../application/source-error.ts";
import type { Gap } from "../../../domain/gap.ts";
import { readArmList } from "../arm-list.ts";
import type { Patience } from "../patience.ts";
import { managedIdentitiesQuery } from "../queries.ts";
import { grantRole, grantRoleOnSubscriptions } from "../remedies.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import type { ResourceManager } from "../resource-manager.ts";
import { at, malformedGap, type Place, readRequiredText } from "../row.ts";
import { readRows } from "./read-rows.ts";

/** Whom a managed identity takes tokens of as its own. */
export interface FederatedCredential {
  /** Its resource id. */
  readonly path: string;
  readonly principalId: string;
  /** The address of who signs the tokens: of a cluster, its OIDC issuer. */
  readonly issuer: string;
}

export interface FederatedCredentials {
  readonly credentials: readonly FederatedCredential[];
  /** Why there may be more. */
  readonly gap: Gap | null;
}

/** https://learn.microsoft.com/rest/api/managedidentity/federated-identity-credentials/list; Resource Graph has no such rows. */
const apiVersion = "2023-01-31";

/** Ids take some forty characters of a query's text each. */
const mostIdentitiesAtOnce = 500;

/** Identities asked at the same time: Resource Manager refills some 25 a second for each subscription and identity. */
const mostAtOnce = 8;

interface Identity {
  readonly id: string;
  readonly principalId: string;
}

/** The federated credentials of managed identities, one list for each. What is no managed identity, or not to be seen, has none here. */
export async function readFederatedCredentials(
  graph: ResourceGraph,
  arm: ResourceManager,
  principalIds: readonly string[],
  patience: Patience,
): Promise<FederatedCredentials> {
  const { identities, gap } = await findIdentities(graph, principalIds);
  const credentials: FederatedCredential[] = [];
  const waiting = [...identities];
  let first = gap;
  let silence: SourceError | null = null;
  const refused = new Map<string, SourceError>();

  async function readOne(identity: Identity): Promise<void> {
    const subscription = identity.id.split("/")[2] ?? "";
    const known = silence ?? refused.get(subscription);
    if (known) return;
    try {
      credentials.push(...(await listOf(arm, identity, patience)));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      // One reason is as good as all: whoever does not know one credential cannot say that there is none.
      first ??= gapFrom(error, identity.id);
      if (error.reason === "unavailable" || error.reason === "throttled") silence = error;
      if (error.reason === "accessDenied") refused.set(subscription, error);
    }
  }
  const worker = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await readOne(one);
  };
  await Promise.all(Array.from({ length: mostAtOnce }, worker));
  return { credentials, gap: first };
}

async function findIdentities(
  graph: ResourceGraph,
  principalIds: readonly string[],
): Promise<{ readonly identities: readonly Identity[]; readonly gap: Gap | null }> {
  const identities: Identity[] = [];
  let gap: Gap | null = null;
  for (let start = 0; start < principalIds.length; start += mostIdentitiesAtOnce) {
    const { rows, failure } = await readRows(graph, {
      query: managedIdentitiesQuery(...principalIds.slice(start, start + mostIdentitiesAtOnce)),
      isReadAgain: true,
      task: "the managed identities of the tenant",
      remedy: grantRoleOnSubscriptions("Reader", []),
    });
    if (failure) gap ??= gapFrom(failure, "/");
    for (const row of rows) {
      const root: Place = { path: "", value: row };
      try {
        identities.push({
          id: readRequiredText(at(root, "id")),
          principalId: readRequiredText(at(root, "principalId")).toLowerCase(),
        });
      } catch (error) {
        gap ??= malformedGap("/", error);
      }
    }
  }
  return { identities, gap };
}

async function listOf(
  arm: ResourceManager,
  { id, principalId }: Identity,
  patience: Patience,
): Promise<readonly FederatedCredential[]> {
  const task = `the federated credentials of ${id}`;
  const first = arm.get(`${id}/federatedIdentityCredentials`, apiVersion);
  const entries = await readArmList(arm, { task, remedy: grantRole("Reader", id), first }, patience);
  try {
    return entries.map((value, index) => {
      const root: Place = { path: `value[${index}]`, value };
      return {
        path: readRequiredText(at(root, "id")),
        principalId,
        issuer: readRequiredText(at(root, "properties.issuer")),
      };
    });
  } catch (error) {
    throw new SourceError(`Could not read ${task}: ${malformedGap(id, error).detail}`, {
      reason: "malformed",
    });
  }
}
