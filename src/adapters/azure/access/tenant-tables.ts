import type { ReadTenant, TenantRows, TenantTable } from "../../../application/fact-source.ts";
import { containersQuery, fleetMembersQuery, roleDefinitionsQuery } from "../queries.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import { everywhere, readMighty } from "./held-anywhere.ts";
import { readManagedIdentities } from "./managed-identities.ts";
import { isMightyApplication } from "./mighty-application.ts";
import { readRows } from "./read-rows.ts";
import { mapRoleAssignment } from "./role-assignment.ts";
import { createRoleBook } from "./role-definition.ts";

/** What is read of the whole tenant to tell who may do what. */
export interface TenantTables {
  /** Rows of `containersQuery`. */
  readonly managementGroups: TenantTable;
  readonly roleDefinitions: TenantTable;
  readonly fleetMembers: TenantTable;
  /** Assignments of mighty roles to applications and identities, other than those of clusters' own identities in their node resource groups. */
  readonly mightyAssignments: TenantTable;
  /** The managed identities among their holders; see `managed-identities.ts`. */
  readonly mightyIdentities: TenantTable;
}

export function createTenantTables(graph: ResourceGraph): TenantTables {
  const table = (name: string, query: string, what: string): TenantTable => ({
    name,
    read: () => readRows(graph, everywhere(query, what)),
  });
  const roleDefinitions = table("roleDefinitions/1", roleDefinitionsQuery, "the role definitions");
  const mightyAssignments: TenantTable = {
    name: "mightyAssignments/2",
    read: async (rowsOf) => readMighty(graph, await rowsOf(roleDefinitions)),
  };
  return {
    managementGroups: table("managementGroups/1", containersQuery, "the management groups"),
    roleDefinitions,
    fleetMembers: table("fleetMembers/1", fleetMembersQuery, "the members of Fleets"),
    mightyAssignments,
    mightyIdentities: {
      name: "mightyIdentities/2",
      read: (rowsOf) => readHolders(graph, rowsOf, { roleDefinitions, mightyAssignments }),
    },
  };
}

async function readHolders(
  graph: ResourceGraph,
  rowsOf: ReadTenant,
  tables: Pick<TenantTables, "roleDefinitions" | "mightyAssignments">,
): Promise<TenantRows> {
  // The assignments fail with the definitions that they rest on.
  const { rows, failure } = await rowsOf(tables.mightyAssignments);
  const roleOf = createRoleBook((await rowsOf(tables.roleDefinitions)).rows);
  const holders = rows.flatMap((row) => {
    const grant = mapRoleAssignment(row, roleOf);
    return "principalId" in grant && isMightyApplication(grant) ? [grant.principalId] : [];
  });
  const read = await readManagedIdentities(graph, [...new Set(holders)].sort());
  return { rows: read.rows, failure: read.failure ?? failure };
}
