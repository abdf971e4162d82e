import type { FactSource } from "../../../application/fact-source.ts";
import type { TrustedIssuer } from "../../../domain/facts.ts";
import { at, readRequiredText } from "../../row.ts";
import type { ClusterPart, ClusterParts } from "../cluster-parts.ts";
import { NotOfferedError } from "../failure.ts";
import { managedClustersVersion } from "../resource-manager.ts";
import { createClusterFacts } from "./cluster-facts.ts";

/** Two lists for each cluster: resources let in by Trusted Access, and issuers of tokens beside Entra. */
export function createTrustedIssuers(parts: ClusterParts): FactSource {
  return createClusterFacts("trustedIssuers", () => async ({ cluster: { id } }) => {
    const [trusted, external] = await Promise.all([
      parts.list(id, bindings),
      parts.list(id, authenticators).catch(explainUnlisted),
    ]);
    const isExplained = typeof external === "string";
    return {
      lists: [bindings, ...(isExplained ? [] : [authenticators])].map(({ path }) => `${id}/${path}`),
      issuers: [...trusted, ...(isExplained ? [] : external)],
      unlisted: isExplained ? external : null,
    };
  });
}

/** https://learn.microsoft.com/rest/api/aks/trusted-access-role-bindings/list */
const bindings: ClusterPart<TrustedIssuer> = {
  path: "trustedAccessRoleBindings",
  apiVersion: managedClustersVersion,
  what: "the Trusted Access bindings",
  map(root) {
    const source = readRequiredText(at(root, "properties.sourceResourceId"));
    return { path: readRequiredText(at(root, "id")), issuer: typeOf(source), observed: source };
  },
};

/**
 * Newest preview in github.com/Azure/azure-rest-api-specs; no other versions have the type. Previews come to an end,
 * and not every cloud has them.
 */
const authenticators: ClusterPart<TrustedIssuer> = {
  path: "jwtAuthenticators",
  apiVersion: "2026-06-02-preview",
  what: "the JWT authenticators",
  map(root) {
    const url = readRequiredText(at(root, "properties.issuer.url"));
    return { path: readRequiredText(at(root, "id")), issuer: url, observed: url };
  },
};

/** Where the preview is not to be had nobody refused anything: granting a right would not mend it. */
function explainUnlisted(error: unknown): string {
  if (!(error instanceof NotOfferedError)) throw error;
  return `Azure does not show JWT authenticators here in the API version ${authenticators.apiVersion}, a preview. There may be some, which az aks jwtauthenticator list would show.`;
}

/** `Microsoft.X/things` of a resource id; an id that is none stands for itself. */
function typeOf(resourceId: string): string {
  const [, provider, names] = /^.*\/providers\/([^/]+)\/(.+)$/i.exec(resourceId) ?? [];
  if (provider === undefined || names === undefined) return resourceId;
  return [provider, ...names.split("/").filter((_, index) => index % 2 === 0)].join("/");
}
