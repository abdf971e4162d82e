import { defineControl } from "../../domain/control.ts";
import type { Facts } from "../../domain/facts.ts";
import type { NodeImage } from "../../domain/node-facts.ts";
import { ageInDays, builtOn, freshForInDays } from "../../domain/node-image-age.ts";
import { type Evidence, fail, isSome, pass, unknown } from "../../domain/verdict.ts";

export const imageFresh = defineControl({
  id: "nodes.image-fresh",
  title: "Node images are at most 35 days old, or the latest",
  severity: "medium",
  layer: "nodes",
  rationale:
    "What was fixed in the operating system, the container runtime and the kubelet since the image was built is open on the node, and known to everybody who reads release notes.",
  remediation: {
    summary:
      "Upgrade the pool's image: its nodes are drained and replaced one after the other. To keep it from ageing again, turn on a node OS upgrade channel. Auto-provisioned nodes follow their node class.",
    commands: [
      "az aks nodepool upgrade --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name {pool} --node-image-only",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/node-image-upgrade",
    guides: ["A", "B"],
  },
  needs: ["nodeImages", "latestImages", "clock"],
  evaluate({ nodeImages, latestImages, clock: { asOf } }) {
    if (nodeImages.length === 0)
      return unknown("No node pool or machine is listed, so there is nothing to judge.");

    const nodes = nodeImages.map((image) => {
      const days = image.imageVersion === null ? null : ageInDays(image.imageVersion, asOf);
      const latest = latestFor(image, latestImages);
      return {
        days,
        isLatest: isSame(image.imageVersion, latest),
        evidence: toEvidence(image, days, latest),
      };
    });
    const old: readonly Evidence[] = nodes
      .filter(({ days, isLatest }) => days !== null && days > freshForInDays && !isLatest)
      .map(({ evidence }) => evidence);
    if (isSome(old)) return fail(...old);

    const undated = nodes.filter(({ days }) => days === null).map(({ evidence }) => evidence);
    if (undated.length > 0) {
      const quoted = [...new Set(undated.map(({ observed }) => JSON.stringify(observed)))].join(", ");
      return unknown(`No date can be told from the name of the node image: ${quoted}.`, ...undated);
    }
    return pass(...nodes.map(({ evidence }) => evidence));
  },
});

/** Null when it was not read, or the nodes are in no pool: the age then decides alone. */
function latestFor({ pool }: NodeImage, latestImages: Facts["latestImages"]): string | null {
  return latestImages.find((one) => isSame(one.pool, pool))?.imageVersion ?? null;
}

function isSame(a: string | null, b: string | null): boolean {
  return a !== null && a.toLowerCase() === b?.toLowerCase();
}

function toEvidence(
  { path, pool, imageVersion }: NodeImage,
  days: number | null,
  latest: string | null,
): Evidence {
  // Its day and not its age, which is another one every night: evidence that changed is stored anew.
  const age = days === null ? "" : `: this one is of ${builtOn(imageVersion ?? "")}`;
  const wanted = `an image at most ${freshForInDays} days old`;
  return {
    path,
    observed: imageVersion,
    expected: latest === null ? `${wanted}${age}` : `${wanted}, or the latest, ${latest}${age}`,
    ...(pool === null ? {} : { pool }),
  };
}
