import type { PodImage } from "../domain/inspection.ts";

/** The name of an image, taken apart as container runtimes do. */
interface ImageReference {
  /** The registry's host and the path below it, lower case, without tag and digest. */
  readonly segments: readonly string[];
  readonly tag: string | null;
  readonly hasDigest: boolean;
}

/** `nginx` is short for `docker.io/library/nginx`, and `team/web` for `docker.io/team/web`. */
export function readImage(image: string): ImageReference {
  const [name = "", ...digest] = image.split("@");
  const tagAt = name.indexOf(":", name.lastIndexOf("/") + 1);
  const bare = tagAt < 0 ? name : name.slice(0, tagAt);
  return {
    segments: wholeSegments(bare),
    tag: tagAt < 0 ? null : name.slice(tagAt + 1),
    hasDigest: digest.length === 1 && /^[a-z0-9+._-]+:[0-9a-f]{32,}$/i.test(digest[0] ?? ""),
  };
}

/** Whether an image is in a registry, or below a path of it: `contoso.azurecr.io/web` holds `…/web/api` and not `…/website`. */
export function isFrom({ segments }: ImageReference, registry: string): boolean {
  const place = registry.toLowerCase().split("/").map(oneName);
  return place.length <= segments.length && place.every((segment, index) => segment === segments[index]);
}

/** What evidence says of an image: its name, and how many workloads run it. */
export function describeImage({ image, workloads }: PodImage): string {
  return workloads > 1 ? `${image}, in ${workloads} workloads` : image;
}

/**
 * The first part is a host when it has a full stop, a port or a capital letter, which no path of Docker Hub has, or is
 * the machine itself (github.com/distribution/reference, splitDockerDomain).
 */
function wholeSegments(name: string): readonly string[] {
  const [head = ""] = name.split("/");
  const segments = name.toLowerCase().split("/");
  const [first = ""] = segments;
  const isHost =
    segments.length > 1 && (/[.:]/.test(first) || first === "localhost" || head !== head.toLowerCase());
  if (!isHost)
    return segments.length > 1 ? ["docker.io", ...segments] : ["docker.io", "library", ...segments];
  const named = segments.map(oneName);
  return named.length === 2 && named[0] === "docker.io" ? ["docker.io", "library", ...named.slice(1)] : named;
}

/** Docker Hub goes by two names. */
function oneName(segment: string, index: number): string {
  return index === 0 && segment === "index.docker.io" ? "docker.io" : segment;
}
