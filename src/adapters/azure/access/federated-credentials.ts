import { gapFrom, SourceError } from "../../../application/source-error.ts";
import type { Gap } from "../../../domain/gap.ts";
import type { Patience } from "../../patience.ts";
import { at, malformedGap, type Place, readRequiredText } from "../../row.ts";
import { readArmList } from "../arm-list.ts";
import { grantRole } from "../remedies.ts";
import type { ResourceManager } from "../resource-manager.ts";
import type { ManagedIdentity } from "./managed-identities.ts";

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

/** Identities asked at the same time: Resource Manager refills some 25 a second for each subscription and identity. */
const mostAtOnce = 8;

/** The federated credentials of managed identities, one list for each. */
export async function readFederatedCredentials(
  arm: ResourceManager,
  identities: readonly ManagedIdentity[],
  patience: Patience,
): Promise<FederatedCredentials> {
  const credentials: FederatedCredential[] = [];
  const waiting = [...identities];
  let first: Gap | null = null;
  let silence: SourceError | null = null;
  const refused = new Map<string, SourceError>();

  async function readOne(identity: ManagedIdentity): Promise<void> {
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

async function listOf(
  arm: ResourceManager,
  { id, principalId }: ManagedIdentity,
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
