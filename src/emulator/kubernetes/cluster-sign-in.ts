import { guidOf, hexOf } from "../estate/ids.ts";
import type { RawObject } from "../estate/world.ts";
import { readText } from "../world-index.ts";
import { isObject } from "./object-metadata.ts";

/**
 * Whom tokens for a cluster's API server are made out to: the application that AKS has in Entra, the same in every
 * tenant (https://learn.microsoft.com/azure/aks/kubelogin-authentication).
 */
export const applicationOfAks = "6dae42f8-4368-4678-94ff-3960e28e3630";

/** Whether people and applications of Entra sign in to a cluster (its row), by an application that AKS keeps. */
export function hasManagedEntra(cluster: RawObject): boolean {
  return entraOf(cluster)?.managed === true;
}

/** `aadProfile` of a cluster's row; null when Entra is not integrated. */
export function entraOf(cluster: RawObject): RawObject | null {
  const profile = propertiesOf(cluster).aadProfile;
  return isObject(profile) ? profile : null;
}

function propertiesOf({ properties }: RawObject): RawObject {
  return isObject(properties) ? properties : {};
}

/** What opens a cluster without Entra to whoever holds it: it never ends and is nobody's. */
export function administratorToken(cluster: RawObject): string {
  return hexOf(`${readText(cluster, "id").toLowerCase()} masterclient`, 64);
}

/** The name of a private cluster's API server, in a zone of its own that other networks do not resolve. */
export function privateNameOf(cluster: RawObject): string {
  const properties = propertiesOf(cluster);
  const [host = ""] = readText(properties, "fqdn").split(".");
  const zone = `${guidOf(`${readText(cluster, "id")} zone`)}.privatelink.${readText(cluster, "location")}`;
  const domain = readText(cluster, "location").startsWith("china") ? "cx.prod.service.azk8s.cn" : "azmk8s.io";
  return `${host === "" ? readText(cluster, "name") : host}.${zone}.${domain}`;
}
