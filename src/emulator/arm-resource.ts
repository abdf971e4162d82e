import { createHash } from "node:crypto";
import type { RawObject } from "./estate/world.ts";

/** Columns that Resource Graph adds and ARM does not answer. */
const graphOnly: ReadonlySet<string> = new Set(["tenantId", "subscriptionId", "resourceGroup"]);

/** A row as ARM answers the same resource: the provider's own casing of the type, no graph columns, nothing empty. */
export function toArmResource(row: RawObject, type: string): RawObject {
  const resource: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(row)) {
    if (!graphOnly.has(key) && value !== null && value !== undefined && value !== "") resource[key] = value;
  }
  return { ...resource, type };
}

/** An entity tag that changes with the content, in the form of a GUID as AKS writes it. */
export function eTagOf(content: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(12, 16),
    hash.slice(16, 20),
    hash.slice(20, 32),
  ].join("-");
}
