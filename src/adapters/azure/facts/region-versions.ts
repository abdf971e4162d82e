import type { FactSource } from "../../../application/fact-source.ts";
import type { ObservedCluster } from "../../../application/ports.ts";
import { SourceError } from "../../../application/source-error.ts";
import type { Facts, OfferedVersion } from "../../../domain/facts.ts";
import { collected, type Reading } from "../../../domain/reading.ts";
import { mapAnswer } from "../../map-answer.ts";
import type { Patience } from "../../patience.ts";
import {
  at,
  MalformedPropertyError,
  type Place,
  readBoolean,
  readList,
  readRequiredText,
  readTexts,
} from "../../row.ts";
import { ask, refusal } from "../ask.ts";
import { askedOnce } from "../asked-once.ts";
import { readEachCluster } from "../each-cluster.ts";
import { grantRole } from "../remedies.ts";
import { managedClustersVersion, type ResourceManager } from "../resource-manager.ts";

type RegionVersions = Facts["regionVersions"];
type List = Pick<RegionVersions, "offered" | "readOn">;

/**
 * The versions of Kubernetes that a cluster's region offers, asked once for each region of a subscription. A list that
 * cannot be read is no gap, since the calendar then judges and says why.
 */
export function createRegionVersions(arm: ResourceManager, patience: Patience): FactSource {
  return {
    groups: ["regionVersions"],
    async read(clusters) {
      const listOf = askedOnce((id) => readVersions(arm, id, patience));
      const readings = await readEachCluster(clusters, async (one) => {
        const id = listIdOf(one);
        if (id === null) throw new SourceError("The cluster's row names no region.", { reason: "malformed" });
        return listOf(id);
      });
      return (one) => {
        const reading = readings.get(one);
        return reading ? { regionVersions: collected(toFact(one, reading)) } : {};
      };
    },
  };
}

/** Null when the row does not say where the cluster stands. */
function listIdOf({ cluster: { subscriptionId, location } }: ObservedCluster): string | null {
  if (subscriptionId === null || location === null) return null;
  const region = location.toLowerCase().replaceAll(" ", "");
  return `/subscriptions/${subscriptionId}/providers/Microsoft.ContainerService/locations/${region}/kubernetesVersions`;
}

/** https://learn.microsoft.com/rest/api/aks/managed-clusters/list-kubernetes-versions: the list is called `values` and has one page. */
async function readVersions(arm: ResourceManager, id: string, patience: Patience): Promise<List> {
  const [, subscription = id] = /^(\/subscriptions\/[^/]+)\//i.exec(id) ?? [];
  const request = {
    task: `the Kubernetes versions of ${id}`,
    remedy: grantRole("Reader", subscription),
    send: arm.get(id, managedClustersVersion),
  };
  const outcome = await ask(request, patience);
  if ("failure" in outcome) throw refusal(request, outcome.failure);
  const { body, headers } = outcome.answer;
  const offered = mapAnswer(request.task, () => mapVersions(at({ path: "", value: body }, "values")));
  return { offered, readOn: dayOf(headers.get("date")) };
}

function mapVersions(place: Place): readonly OfferedVersion[] {
  const entries = readList(place) ?? [];
  // A region without a single version is none that tells anything.
  if (entries.length === 0) throw new MalformedPropertyError(place.path, undefined, "a list of versions");
  return entries.map((entry) => ({
    minor: readRequiredText(at(entry, "version")),
    isPreview: readBoolean(at(entry, "isPreview")) ?? false,
    plans: readTexts(at(entry, "capabilities.supportPlan")) ?? [],
  }));
}

/** The day an answer was given, by its own date. */
function dayOf(date: string | undefined): string | null {
  const time = Date.parse(date ?? "");
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10);
}

function toFact(one: ObservedCluster, reading: Reading<List>): RegionVersions {
  const where = { path: listIdOf(one) ?? one.cluster.id, region: one.cluster.location ?? "" };
  if (reading.state === "collected") return { ...where, ...reading.value, unread: null };
  const { detail, remedy } = reading.gap;
  return { ...where, offered: null, readOn: null, unread: remedy === null ? detail : `${detail} ${remedy}` };
}
