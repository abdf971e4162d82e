import type { ObservedCluster } from "../../../application/ports.ts";
import { gapFrom } from "../../../application/source-error.ts";
import { isAtOrBelow, type RoleGrant, type RolePower } from "../../../domain/access.ts";
import { collected, partial, type Reading } from "../../../domain/facts.ts";
import type { Gap } from "../../../domain/gap.ts";
import { readGraphRows } from "../graph-rows.ts";
import { fleetMembersQuery, roleAssignmentsQuery, roleDefinitionsQuery } from "../queries.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import { createAncestry, unseenAbove } from "./ancestry.ts";
import type { ReadContainers } from "./containers.ts";
import { createFleetMembership, type FleetMembership } from "./fleet-membership.ts";
import { createGrantIndex, type GrantIndex } from "./grant-index.ts";
import { createHeldReader, everywhere, readMighty } from "./held-anywhere.ts";
import { type RowsRead, readRows } from "./read-rows.ts";
import { mapRoleAssignment } from "./role-assignment.ts";
import { createRoleBook, type RoleBook } from "./role-definition.ts";

/** Who holds which role where, as far as it concerns some clusters. */
export interface Access {
  /** Assigned in the clusters' subscriptions and above them. */
  readonly grants: GrantIndex;
  readonly fleets: FleetMembership;
  /** Ids of the management groups above a subscription, nearest first; null when nobody shows them. */
  readonly above: (subscriptionId: string) => readonly string[] | null;
  /** Why assignments that reach a cluster may be missing, or null. */
  gapAround(one: ObservedCluster): Gap | null;
  /** What principals hold, wherever it was assigned. */
  heldBy(principalIds: readonly string[]): Promise<Held>;
  /** Applications and identities that may do everything or assign roles somewhere, other than in a node resource group. */
  mightyApplications(): Promise<Held>;
}

/** Assignments found in all the tenant. */
export interface Held {
  readonly all: readonly RoleGrant[];
  of(principalId: string): readonly RoleGrant[];
  /** Why a cluster's may be missing, or null. */
  gapFor(one: ObservedCluster): Gap | null;
}

export type ReadAccess = (clusters: readonly ObservedCluster[]) => Promise<Access>;

/** Reads assignments once for the same clusters, whoever asks: the sources of facts that rest on them share it. */
export function createAccess(graph: ResourceGraph, readContainers: ReadContainers): ReadAccess {
  const known = new WeakMap<readonly ObservedCluster[], Promise<Access>>();
  return (clusters) => {
    const reading = known.get(clusters) ?? readAccess(graph, readContainers(clusters), clusters);
    known.set(clusters, reading);
    return reading;
  };
}

/** What was read, or what of it was read with the reason why there may be more. */
export function readingWith<T>(value: T, gap: Gap | null): Reading<T> {
  return gap === null ? collected(value) : partial(value, gap);
}

/** Whether a role has any of these powers, or may have them since nobody shows its definition. */
export function mayHave({ role }: RoleGrant, ...powers: readonly RolePower[]): boolean {
  return role.powers === null || powers.some((power) => role.powers?.includes(power));
}

async function readAccess(
  graph: ResourceGraph,
  readingContainers: Promise<RowsRead>,
  clusters: readonly ObservedCluster[],
): Promise<Access> {
  const [definitions, containers, members] = await Promise.all([
    readRows(graph, everywhere(roleDefinitionsQuery, "the role definitions")),
    readingContainers,
    readRows(graph, everywhere(fleetMembersQuery, "the members of Fleets")),
  ]);
  const fleets = createFleetMembership(members, clusters);

  const around: unknown[] = [];
  const failureIn = await readGraphRows(
    graph,
    {
      query: roleAssignmentsQuery,
      what: "the role assignments",
      role: "Reader",
      withInherited: true,
      // One that was missed would let a cluster pass.
      isReadAgain: true,
    },
    [...clusters.flatMap(({ cluster }) => cluster.subscriptionId ?? []), ...fleets.subscriptionIds],
    (row) => around.push(row),
  );
  const roleOf = createRoleBook(definitions.rows);
  const { grants, broken } = mapAssignments(around, roleOf);
  const index = createGrantIndex(grants);
  const ancestry = createAncestry(containers.rows);

  function gapAround({ cluster: { id, subscriptionId } }: ObservedCluster): Gap | null {
    const failure = failureIn(subscriptionId ?? "") ?? containers.failure ?? definitions.failure;
    if (failure) return gapFrom(failure, id);
    const scope = `/subscriptions/${subscriptionId ?? ""}`;
    return (
      broken.find((gap) => isAtOrBelow(gap.scope, scope) || !/^\/subscriptions\/./i.test(gap.scope)) ??
      unseenAbove(subscriptionId ?? "", ancestry, index)
    );
  }
  function toHeld({ rows, failure }: RowsRead): Held {
    const found = mapAssignments(rows, roleOf);
    const everywhere = createGrantIndex([...found.grants, ...grants]);
    return {
      all: everywhere.all,
      of: everywhere.of,
      gapFor: (one) =>
        failure ? gapFrom(failure, one.cluster.id) : (found.broken[0] ?? broken[0] ?? gapAround(one)),
    };
  }
  const heldBy = createHeldReader(graph);

  return {
    grants: index,
    fleets,
    above: ancestry.above,
    gapAround,
    heldBy: async (principalIds) => toHeld(await heldBy(principalIds)),
    mightyApplications: async () => toHeld(await readMighty(graph, definitions.rows)),
  };
}

function mapAssignments(
  rows: readonly unknown[],
  roleOf: RoleBook,
): { readonly grants: readonly RoleGrant[]; readonly broken: readonly Gap[] } {
  const broken: Gap[] = [];
  const grants: RoleGrant[] = [];
  for (const row of rows) {
    const grant = mapRoleAssignment(row, roleOf);
    if ("principalId" in grant) grants.push(grant);
    else broken.push(grant);
  }
  return { grants, broken };
}
