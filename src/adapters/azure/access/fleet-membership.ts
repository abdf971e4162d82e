import type { ObservedCluster } from "../../../application/ports.ts";
import { gapFrom } from "../../../application/source-error.ts";
import type { Gap } from "../../../domain/gap.ts";
import { at, readingOf, readText } from "../../row.ts";
import type { RowsRead } from "./read-rows.ts";

/** Which Fleets clusters are members of: who holds a role there holds it in every member. */
export interface FleetMembership {
  /** Resource ids. */
  fleetsOf(clusterId: string): readonly string[];
  /** Where those Fleets are. */
  readonly subscriptionIds: readonly string[];
  /** Why a cluster may be a member of more, or null. */
  gapOf(clusterId: string): Gap | null;
}

/** Reads rows of `fleetMembersQuery`, of the clusters asked for alone. */
export function createFleetMembership(
  { rows, failure }: RowsRead,
  clusters: readonly ObservedCluster[],
): FleetMembership {
  const wanted = new Set(clusters.map(({ cluster }) => cluster.id.toLowerCase()));
  const fleets = new Map<string, string[]>();
  let broken: Gap | null = null;
  for (const row of rows) {
    const member = readingOf("/", () => mapMember(row));
    if (member.state === "unavailable") {
      broken ??= member.gap;
      continue;
    }
    const { clusterId, fleetId } = member.value;
    if (wanted.has(clusterId)) fleets.set(clusterId, [...(fleets.get(clusterId) ?? []), fleetId]);
  }
  return {
    fleetsOf: (clusterId) => fleets.get(clusterId.toLowerCase()) ?? [],
    subscriptionIds: [...fleets.values()].flat().flatMap((id) => id.split("/")[2] ?? []),
    gapOf: (clusterId) => (failure ? gapFrom(failure, clusterId) : broken),
  };
}

/** A member that names no cluster is nobody's. */
function mapMember(row: unknown): { readonly clusterId: string; readonly fleetId: string } {
  const root = { path: "", value: row };
  const id = readText(at(root, "id")) ?? "";
  return {
    clusterId: readText(at(root, "clusterId"))?.toLowerCase() ?? "",
    fleetId: id.replace(/\/members\/[^/]+\/?$/i, ""),
  };
}
