import type { FactSource } from "../../../application/fact-source.ts";
import type { ObservedCluster } from "../../../application/ports.ts";
import { gapFrom, SourceError } from "../../../application/source-error.ts";
import type { AdminGroup } from "../../../domain/access.ts";
import type { Facts } from "../../../domain/facts.ts";
import type { Gap } from "../../../domain/gap.ts";
import { collected, partial, type Reading, unavailable } from "../../../domain/reading.ts";
import { isObject } from "../../json-object.ts";
import { at, malformedGap, type Place, readRequiredText, readText } from "../../row.ts";
import type { Directory } from "../directory.ts";

/** The members of the groups that administer clusters, each group asked for once. */
export function createAdminGroups(directory: Directory): FactSource {
  return {
    groups: ["adminGroupMembers"],
    async read(clusters) {
      const found = await readGroups(directory, new Set(clusters.flatMap(groupIdsOf)));
      return (one) => ({ adminGroupMembers: readOne(one, found) });
    },
  };
}

function groupIdsOf({ readings: { adminGroups } }: ObservedCluster): readonly string[] {
  const ids = adminGroups?.state === "collected" ? adminGroups.value.ids.value : [];
  return ids.map((id) => id.toLowerCase());
}

function readOne(
  one: ObservedCluster,
  found: ReadonlyMap<string, AdminGroup | Gap>,
): Reading<Facts["adminGroupMembers"]> {
  const { adminGroups } = one.readings;
  if (adminGroups === undefined) throw new Error("Nobody asked for the groups that administer the cluster.");
  if (adminGroups.state === "unavailable") return unavailable(adminGroups.gap);
  const groups: AdminGroup[] = [];
  let first: Gap | null = null;
  for (const id of new Set(groupIdsOf(one))) {
    const group = found.get(id);
    if (group === undefined) continue;
    if ("id" in group) groups.push(group);
    else first ??= group;
  }
  return first === null ? collected({ groups }) : partial({ groups }, first);
}

/** Once Microsoft Graph refuses or falls silent, nothing more is asked of it: the groups left share the reason. */
async function readGroups(
  directory: Directory,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, AdminGroup | Gap>> {
  const found = new Map<string, AdminGroup | Gap>();
  let silence: Gap | null = null;
  for (const id of ids) {
    const group: AdminGroup | Gap = silence ?? (await readGroup(directory, id));
    if ("reason" in group && group.reason !== "malformed") silence ??= group;
    found.set(id, group);
  }
  return found;
}

async function readGroup(directory: Directory, id: string): Promise<AdminGroup | Gap> {
  const scope = `/groups/${id}`;
  try {
    const members = await directory.members(id);
    return { id, members: members === null ? null : mapMembers(members) };
  } catch (error) {
    return error instanceof SourceError ? gapFrom(error, scope) : malformedGap(scope, error);
  }
}

function mapMembers(members: readonly unknown[]): AdminGroup["members"] {
  const guests: string[] = [];
  let count = 0;
  let untold = 0;
  for (const [index, value] of members.entries()) {
    const member: Place = { path: `value[${index}]`, value };
    const kind = readRequiredText({
      path: `${member.path}['@odata.type']`,
      value: isObject(value) ? value["@odata.type"] : undefined,
    }).toLowerCase();
    // Those in a group come beside it.
    if (kind === "#microsoft.graph.group") continue;
    count += 1;
    if (kind !== "#microsoft.graph.user") continue;
    const type = readText(at(member, "userType"))?.toLowerCase();
    if (type === undefined) untold += 1;
    if (type === "guest") guests.push(readRequiredText(at(member, "id")));
  }
  return { count, guests, untold };
}
