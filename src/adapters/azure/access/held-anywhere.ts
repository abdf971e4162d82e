import type { SourceError } from "../../../application/source-error.ts";
import { isObject } from "../../json-object.ts";
import { applicationAssignmentsQuery, applicationRolesQuery, assignmentsElsewhereQuery } from "../queries.ts";
import { grantRoleOnSubscriptions } from "../remedies.ts";
import type { GraphQuery, ResourceGraph } from "../resource-graph.ts";
import { readOwnGroups } from "./own-node-groups.ts";
import { type RowsRead, readRows } from "./read-rows.ts";
import { createRoleBook, knownRoles } from "./role-definition.ts";

/**
 * Ids in one query, of principals and of subscriptions: each takes some forty characters of its text. Far from home few
 * principals hold anything, so that all of theirs goes on one page.
 */
const mostIdsAtOnce = 500;
const fewestPrincipalsAtOnce = 100;

/** Every role takes some seventy characters of a query's text. */
const mostRolesAtOnce = 60;

/**
 * Whatever principals hold in the tenant outside subscriptions whose assignments were read already, and perhaps what
 * others hold besides: an identity may hold a role far from its cluster. Each principal is asked about once, however
 * often it is named.
 */
export function createHeldReader(
  graph: ResourceGraph,
  readAlready: readonly string[],
): (principalIds: readonly string[]) => Promise<RowsRead> {
  const asked = new Map<string, Promise<RowsRead>>();
  const most = Math.max(fewestPrincipalsAtOnce, mostIdsAtOnce - readAlready.length);
  return async (principalIds) => {
    const ids = [...new Set(principalIds.map((id) => id.toLowerCase()))];
    const fresh = ids.filter((id) => !asked.has(id)).sort();
    const reading = readInPieces(graph, fresh, most, (some) =>
      everywhere(
        assignmentsElsewhereQuery(some, readAlready),
        `the role assignments of ${some.length} identities`,
      ),
    );
    for (const id of fresh) asked.set(id, reading);
    const all = await Promise.all(new Set(ids.flatMap((id) => asked.get(id) ?? [])));
    return {
      rows: all.flatMap(({ rows }) => rows),
      failure: all.find(({ failure }) => failure !== null)?.failure ?? null,
    };
  };
}

/**
 * Roles of applications that may do everything or assign roles, in all the tenant, and those that nobody shows. What
 * each cluster's own identity holds in its node resource group is left out: every cluster has that. Whatever rests on
 * definitions that are missing is incomplete, too.
 */
export async function readMighty(graph: ResourceGraph, definitions: RowsRead): Promise<RowsRead> {
  const mighty = knownRoles(definitions.rows)
    .filter(({ powers }) => powers?.includes("everything") || powers?.includes("roleAssignments"))
    .map(({ id }) => id);
  const opaque = await readOpaqueRoles(graph, definitions);
  const ids = [...new Set([...mighty, ...opaque.rows])].sort();
  const [{ rows, failure }, isOwnGroup] = await Promise.all([
    readInPieces(graph, ids, mostRolesAtOnce, (some) =>
      everywhere(applicationAssignmentsQuery(...some), "the role assignments of applications"),
    ),
    readOwnGroups(graph),
  ]);
  return {
    rows: rows.filter((row) => !isOwnGroup(row)),
    failure: failure ?? opaque.failure ?? definitions.failure,
  };
}

/** GUIDs of roles that applications hold and no definition tells of. None when definitions are missing anyway: then nothing that rests on them is complete. */
async function readOpaqueRoles(
  graph: ResourceGraph,
  definitions: RowsRead,
): Promise<{ readonly rows: readonly string[]; readonly failure: SourceError | null }> {
  if (definitions.failure !== null) return { rows: [], failure: null };
  const roleOf = createRoleBook(definitions.rows);
  const { rows, failure } = await readRows(
    graph,
    everywhere(applicationRolesQuery, "the roles that applications hold"),
  );
  const roles = rows.flatMap((row) => (isObject(row) && typeof row.id === "string" ? [roleOf(row.id)] : []));
  return { rows: roles.flatMap(({ id, powers }) => (powers === null && id !== "" ? [id] : [])), failure };
}

/** A query of all the tenant. A row that was missed would let a cluster pass. */
export function everywhere(query: string, task: string): GraphQuery {
  return {
    query,
    isReadAgain: true,
    task: `${task} in the tenant`,
    remedy: grantRoleOnSubscriptions("Reader", []),
  };
}

async function readInPieces(
  graph: ResourceGraph,
  ids: readonly string[],
  most: number,
  queryFor: (some: readonly string[]) => GraphQuery,
): Promise<RowsRead> {
  const rows: unknown[] = [];
  let failure: SourceError | null = null;
  for (let start = 0; start < ids.length; start += most) {
    const read = await readRows(graph, queryFor(ids.slice(start, start + most)));
    for (const row of read.rows) rows.push(row);
    failure ??= read.failure;
  }
  return { rows, failure };
}
