import { parseClusterId } from "../domain/cluster.ts";

/** The cluster's page in the portal, safe to stand in a Markdown link; null when the id is not a cluster's. */
export function portalLink(portalUrl: string, clusterId: string): string | null {
  const cluster = parseClusterId(clusterId);
  return cluster && markdownUrl(`${portalUrl.replace(/\/+$/, "")}/#@/resource${cluster.id}`);
}

/** A web address with nothing in it that would end a Markdown link early; null when it is no http address. */
export function markdownUrl(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  // Groups may have parentheses in their names, and URL leaves them as they are.
  return url.href.replaceAll(
    /[()[\]\\<>*`|]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
