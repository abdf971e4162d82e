import type { ReadElsewhere, ReadTenant, TenantTable } from "../../../application/fact-source.ts";
import type { ObservedCluster } from "../../../application/ports.ts";
import { gapFrom } from "../../../application/source-error.ts";
import { isAtOrBelow, type RoleGrant, type RolePower } from "../../../domain/access.ts";
import type { Gap } from "../../../domain/gap.ts";
import { collected, partial, type Reading } from "../../../domain/reading.ts";
import { readGraphRows } from "../graph-rows.ts";
import { roleAssignmentsQuery } from "../queries.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import { createAncestry, unseenAbove } from "./ancestry.ts";
import { createFleetMembership, type FleetMembership } from "./fleet-membership.ts";
import { createGrantIndex, type GrantIndex } from "./grant-index.ts";
import { createHeldReader } from "./held-anywhere.ts";
import type { RowsRead } from "./read-rows.ts";
import { mapRoleAssignment } from "./role-assignment.ts";
import { createRoleBook, type RoleBook } from "./role-definition.ts";
import type { TenantTables } from "./tenant-tables.ts";

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
  /** Applications and identities that may do everything or assign roles somewhere, other than a cluster's own identity in its node resource group. */
  mightyApplications(): Promise<Held>;
}

/** Assignments found in all the tenant. */
export interface Held {
  readonly all: readonly RoleGrant[];
  of(principalId: string): readonly RoleGrant[];
  /** Why a cluster's may be missing, or null. */
  gapFor(one: ObservedCluster): Gap | null;
}

/** Reads who holds which role, for the sources of facts that rest on it. */
export interface AccessReader {
  /** The tables of the tenant that such a reading rests on. */
  readonly tenant: readonly TenantTable[];
  /** Once for the same clusters, whoever asks. */
  readonly read: (
    clusters: readonly ObservedCluster[],
    elsewhere: Pick<ReadElsewhere, "tenant">,
  ) => Promise<Access>;
}

export function createAccess(graph: ResourceGraph, tables: TenantTables): AccessReader {
  const known = new WeakMap<readonly ObservedCluster[], Promise<Access>>();
  const { managementGroups, roleDefinitions, fleetMembers } = tables;
  return {
    tenant: [managementGroups, roleDefinitions, fleetMembers],
    read(clusters, { tenant }) {
      const reading = known.get(clusters) ?? readAccess(graph, tables, tenant.rowsOf, clusters);
      known.set(clusters, reading);
      return reading;
    },
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

/** Its administrators, its identity and its kubelet, at the least. */
const assignmentsPerCluster = 3;

async function readAccess(
  graph: ResourceGraph,
  tables: TenantTables,
  rowsOf: ReadTenant,
  clusters: readonly ObservedCluster[],
): Promise<Access> {
  const [definitions, containers, members] = await Promise.all([
    rowsOf(tables.roleDefinitions),
    rowsOf(tables.managementGroups),
    rowsOf(tables.fleetMembers),
  ]);
  const fleets = createFleetMembership(members, clusters);
  const subscriptionIds = new Set(
    [...clusters.flatMap(({ cluster }) => cluster.subscriptionId ?? []), ...fleets.subscriptionIds].map(
      (id) => id.toLowerCase(),
    ),
  );

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
      expectedRows: clusters.length * assignmentsPerCluster,
    },
    subscriptionIds,
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
  const heldBy = createHeldReader(
    graph,
    [...subscriptionIds].filter((id) => failureIn(id) === null),
  );

  return {
    grants: index,
    fleets,
    above: ancestry.above,
    gapAround,
    heldBy: async (principalIds) => toHeld(await heldBy(principalIds)),
    mightyApplications: async () => toHeld(await rowsOf(tables.mightyAssignments)),
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
