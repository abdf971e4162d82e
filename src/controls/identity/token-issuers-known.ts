import { defineControl } from "../../domain/control.ts";
import type { TrustedIssuer } from "../../domain/facts.ts";
import { type Evidence, fail, isSome, pass, unknown } from "../../domain/verdict.ts";

const expected = "none but those the profile knows";

export const tokenIssuersKnown = defineControl({
  id: "identity.token-issuers-known",
  title: "Only known issuers' tokens open the API server",
  severity: "high",
  layer: "identity",
  rationale:
    "Trusted Access and JWT authenticators let resources and outside issuers in past Entra and all that it asks for, Trusted Access past a private network as well. Whoever holds the other end holds a key that nobody watches.",
  remediation: {
    summary:
      "Find out who made it and what for; where nobody needs it, delete it, which ends that access at once. Backup and machine learning work by Trusted Access. JWT authenticators are a preview and need the CLI extension aks-preview.",
    commands: [
      "az aks trustedaccess rolebinding delete --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name {binding}",
      "az aks jwtauthenticator delete --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name {authenticator}",
    ],
  },
  references: { docs: "https://learn.microsoft.com/azure/aks/trusted-access-feature" },
  needs: ["trustedIssuers", "parameters"],
  evaluate({ trustedIssuers: { issuers, lists, unlisted }, parameters: { knownIssuers } }) {
    const strangers: readonly Evidence[] = issuers
      .filter(({ issuer }) => !knownIssuers.some((one) => isSame(one, issuer)))
      .map(toEvidence);
    if (isSome(strangers)) return fail(...strangers);

    const looked = lists.map((path) => ({ path, observed: namesUnder(path, issuers), expected }));
    return unlisted === null ? pass(...looked) : unknown(unlisted, ...looked);
  },
});

/** Types of resources in any casing; an issuer's address is compared by Kubernetes letter by letter, and so here. */
function isSame(known: string, issuer: string): boolean {
  return known === issuer || (!issuer.includes("://") && known.toLowerCase() === issuer.toLowerCase());
}

function toEvidence({ path, observed }: TrustedIssuer): Evidence {
  return { path, observed, expected };
}

function namesUnder(list: string, issuers: readonly TrustedIssuer[]): readonly string[] {
  return issuers
    .filter(({ path }) => path.toLowerCase().startsWith(`${list.toLowerCase()}/`))
    .map(({ issuer }) => issuer);
}
