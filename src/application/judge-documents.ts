import type { FactGroup, Facts, Readings } from "../domain/facts.ts";
import { type ClusterFindings, judge, withoutHistory } from "../domain/finding.ts";
import { distinctGaps, type Gap } from "../domain/gap.ts";
import { scoreOf } from "../domain/posture.ts";
import { factGroupsOf, type Profile } from "../domain/profile.ts";
import { type ExcludedCluster, exclusionOf } from "../domain/profile-scope.ts";
import { collected, type Reading, unavailable } from "../domain/reading.ts";
import type { ResultHead } from "../domain/result.ts";
import { sweepIdAt } from "../domain/sweep.ts";
import { snapshotGaps } from "./assess-fleet.ts";
import { completeSnapshot } from "./complete-snapshot.ts";
import type { FurtherGroup, FurtherReadings } from "./fact-source.ts";
import type { Clock, ObservedCluster } from "./ports.ts";

/** A file or pipe with clusters in it. */
export interface Document {
  /** As the user named it. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Finds the clusters in documents of any shape; throws DocumentError when one cannot be read or holds none. */
export type ReadDocuments = (documents: readonly Document[]) => AsyncIterable<ObservedCluster | Gap>;

export interface DocumentsRequest {
  readonly readDocuments: ReadDocuments;
  readonly clock: Clock;
  readonly profile: Profile;
  /** YYYY-MM-DD; null judges at today's date. */
  readonly asOf: string | null;
  /** Receives every cluster once it is judged, in the order of the documents. */
  readonly onCluster: (found: ClusterFindings) => void;
}

/** What there is to tell of documents beside their clusters. */
export interface JudgedDocuments {
  readonly head: ResultHead;
  /** Facts the profile asks for and no document can hold, by group, counted over the clusters. */
  readonly absent: ReadonlyMap<FactGroup, number>;
  readonly clustersWithAbsent: number;
  /** Facts of a type that Azure does not document, or decided only when a template is deployed. */
  readonly malformed: number;
  /** Mentions of a cluster after its first, which alone is judged. */
  readonly repeated: number;
  /** Whole clusters are missing: pages that are not there, rows that could not be taken for a cluster. */
  readonly isCutShort: boolean;
}

/** Judges the clusters of documents; what a document cannot hold is unknown. */
export async function judgeDocuments(
  request: DocumentsRequest,
  documents: readonly Document[],
): Promise<JudgedDocuments> {
  const startedAt = request.clock.now();
  const asOf = request.asOf ?? startedAt.slice(0, 10);
  const asked = factGroupsOf(request.profile);
  /** Verdicts by cluster, to tell a mere repetition from a contradiction. */
  const seen = new Map<string, string>();
  const excluded: ExcludedCluster[] = [];
  const unusable: Gap[] = [];
  const malformed: Gap[] = [];
  const absent = new Map<FactGroup, number>();
  let clustersWithAbsent = 0;
  let repeated = 0;

  for await (const observed of request.readDocuments(documents)) {
    if ("reason" in observed) {
      unusable.push(observed);
      continue;
    }
    const key = observed.cluster.id.toLowerCase();
    const reason = exclusionOf(request.profile.clusters, observed.cluster);
    if (reason !== null) {
      if (!seen.has(key)) excluded.push({ cluster: observed.cluster, reason });
      seen.set(key, "excluded");
      continue;
    }
    const snapshot = completeSnapshot(observed, {
      machines: notHeld(observed, "the machines of the cluster's node resource group"),
      further: notHeldFurther(observed),
      asOf,
      parameters: request.profile.parameters,
    });
    const judgements = judge(request.profile, snapshot);
    // Every kind begins with a letter of its own, and this is kept of every cluster.
    const verdicts = judgements.map(({ verdict }) => verdict.kind.slice(0, 1)).join("");
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      repeated += 1;
      if (earlier !== verdicts) unusable.push(contradiction(observed));
      continue;
    }
    seen.set(key, verdicts);
    request.onCluster({
      cluster: observed.cluster,
      score: scoreOf(judgements),
      findings: withoutHistory(judgements),
    });
    malformed.push(...distinctGaps(snapshotGaps(request.profile, snapshot)));

    const groups = absentGroups(snapshot.readings).filter((group) => asked.has(group));
    for (const group of groups) absent.set(group, (absent.get(group) ?? 0) + 1);
    if (groups.length > 0) clustersWithAbsent += 1;
  }

  return {
    head: {
      id: sweepIdAt(startedAt),
      startedAt,
      finishedAt: request.clock.now(),
      asOf,
      profile: request.profile.name,
      scope: { documents: documents.map(({ name }) => name) },
      gaps: distinctGaps([...unusable, ...malformed]),
      excluded,
    },
    absent,
    clustersWithAbsent,
    malformed: distinctGaps(malformed).length,
    repeated,
    isCutShort: unusable.length > 0,
  };
}

function contradiction({ cluster }: ObservedCluster): Gap {
  return {
    scope: cluster.id,
    reason: "malformed",
    detail:
      "The documents mention the cluster more than once, with different verdicts; the first mention was judged.",
    remedy: "Check one state of the cluster at a time.",
  };
}

/** What each source beside the clusters' own bodies would tell. */
const furtherFacts: Readonly<Record<Exclude<FurtherGroup, "regionVersions" | "latestImages">, string>> = {
  defenderPlan: "the Defender plan of the subscription",
  defenderPricings: "what the Defender plans of the subscription scan",
  imageVulnerabilities: "what Defender found in images that run in the cluster",
  diagnosticSettings: "the diagnostic settings of the cluster",
  clusterAccess: "the role assignments that reach the cluster",
  nodeGroupAccess: "the role assignments at the node resource group",
  identityGrants: "the roles of the cluster's identities",
  nodeIdentities: "the identities of the nodes and their roles",
  adminGroupMembers: "the members of the groups that administer the cluster",
  federatedIdentities: "the identities that trust the cluster's tokens and their roles",
  maintenanceWindows: "the maintenance configurations of the cluster",
  subnetRoutes: "the route tables of the pools' subnets",
  safeguards: "the deployment safeguards of the cluster",
  trustedIssuers: "the Trusted Access bindings and JWT authenticators of the cluster",
  assignedPolicies: "the policies that are assigned to the cluster",
  workloadScan: "what Azure Policy reports of the cluster's workloads",
  inspectedWorkloads: "what the cluster's workloads look like",
  namespaceIsolation: "the network policies in the cluster",
  kubernetesBindings: "the role bindings in the cluster",
  environmentSecrets: "the secrets in the environment of the cluster's pods",
  mountedSecrets: "the Secrets that the cluster's pods mount",
  podImages: "the images that the cluster's pods run",
};

function notHeldFurther(observed: ObservedCluster): FurtherReadings {
  return {
    ...Object.fromEntries(
      Object.entries(furtherFacts).map(([group, what]) => [group, notHeld(observed, what)]),
    ),
    regionVersions: collected(unreadVersions(observed)),
    // Ages decide without.
    latestImages: collected([]),
  };
}

/** The calendar judges in their place, which a document is no hindrance to. */
function unreadVersions({ cluster: { id, location } }: ObservedCluster): Facts["regionVersions"] {
  const unread = "A document does not hold them.";
  return { path: id, region: location ?? "", offered: null, unread, readOn: null };
}

function notHeld<T>({ cluster }: ObservedCluster, what: string): Reading<T> {
  return unavailable({
    scope: cluster.id,
    reason: "notInDocument",
    detail: `A document does not hold ${what}.`,
    remedy: "Check the live cluster: `midwatch check <resource-id>`.",
  });
}

function absentGroups(readings: Partial<Readings>): readonly FactGroup[] {
  // Object.entries forgets what it was given: the keys of readings are fact groups.
  const entries = Object.entries(readings) as readonly [FactGroup, Reading<unknown>][];
  return entries.flatMap(([group, reading]) =>
    reading.state !== "collected" && reading.gap.reason === "notInDocument" ? [group] : [],
  );
}
