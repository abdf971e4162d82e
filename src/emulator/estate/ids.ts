import { hash } from "node:crypto";

/** Hexadecimal digits that are the same for the same words on every run and every machine. */
export function hexOf(words: string, length: number): string {
  return hash("sha256", words).slice(0, length);
}

/**
 * A GUID of the shape Azure uses, made from words. The zeros in the middle mark it as made up:
 * no identifier that Azure hands out looks like this.
 */
export function guidOf(words: string): string {
  const digits = hexOf(words, 20);
  return `${digits.slice(0, 8)}-0000-4000-8000-${digits.slice(8)}`;
}

/** The eight digits AKS puts into the names of a cluster's scale sets, machines and networks. */
export function digitsOf(words: string): string {
  return String(Number.parseInt(hexOf(words, 7), 16) % 90_000_000).padStart(8, "1");
}

/** The id of a resource in a resource group. `type` is written with its provider, such as `Microsoft.Compute/disks`. */
export function resourceIdOf(
  subscriptionId: string,
  resourceGroup: string,
  type: string,
  name: string,
): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${type}/${name}`;
}
