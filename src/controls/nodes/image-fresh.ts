import { defineControl } from "../../domain/control.ts";
import type { NodeImage } from "../../domain/facts.ts";
import { type Evidence, fail, isSome, pass, unknown } from "../../domain/verdict.ts";

/** Linux images come weekly, Windows images monthly, and take up to two weeks to reach a region. */
const mostDays = 35;

export const imageFresh = defineControl({
  id: "nodes.image-fresh",
  title: "Node images are at most 35 days old",
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
  needs: ["nodeImages", "clock"],
  evaluate({ nodeImages, clock: { asOf } }) {
    if (nodeImages.length === 0)
      return unknown("No node pool or machine is listed, so there is nothing to judge.");

    const nodes = nodeImages.map((image) => {
      const builtOn = image.imageVersion === null ? null : dateIn(image.imageVersion);
      const days = builtOn === null ? null : (Date.parse(asOf) - Date.parse(builtOn)) / 86_400_000;
      return { days, evidence: toEvidence(image, builtOn, days) };
    });
    const old: readonly Evidence[] = nodes
      .filter(({ days }) => days !== null && days > mostDays)
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

/** Linux images end in `YYYYMM.DD.PATCH`, Windows images in `yyMMdd`. Null for any other name, and for no real day. */
function dateIn(image: string): string | null {
  const linux = /-(\d{4})(\d\d)\.(\d\d)\.\d+$/.exec(image);
  const windows = /^AKSWindows-.*\.(\d\d)(\d\d)(\d\d)$/i.exec(image);
  const [, year, month, day] = linux ?? windows ?? [];
  const date = `${windows === null ? "" : "20"}${year}-${month}-${day}`;
  const time = Date.parse(date);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? date : null;
}

function toEvidence(
  { path, pool, imageVersion }: NodeImage,
  builtOn: string | null,
  days: number | null,
): Evidence {
  const age = days === null ? "" : `: this one is of ${builtOn}, ${Math.max(days, 0)} days old`;
  return {
    path,
    observed: imageVersion,
    expected: `an image at most ${mostDays} days old${age}`,
    ...(pool === null ? {} : { pool }),
  };
}
