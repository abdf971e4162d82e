import type { Role } from "../../../domain/access.ts";
import { isObject } from "../../json-object.ts";
import {
  at,
  MalformedPropertyError,
  type Place,
  readingOf,
  readList,
  readText,
  readTexts,
} from "../../row.ts";
import { builtInRoles } from "./built-in-roles.ts";
import { type Permission, powersOf } from "./role-powers.ts";

/** Tells a role by any of its ids, whose prefix and casing vary: only the GUID at the end counts. */
export type RoleBook = (roleDefinitionId: string) => Role;

/** The roles that rows of `roleDefinitionsQuery` define, beside those that are known anyway. */
export function createRoleBook(rows: readonly unknown[]): RoleBook {
  const defined = new Map(rows.flatMap((row) => entryOf(row)));
  return (roleDefinitionId) => {
    const id = guidAtEnd(roleDefinitionId);
    return defined.get(id) ?? builtInRoles.get(id) ?? { id, name: id, powers: null };
  };
}

/** Those that a row of the fleet may be granted: what is known, each once. */
export function knownRoles(rows: readonly unknown[]): readonly Role[] {
  const defined = rows.flatMap((row) => entryOf(row)).map(([, role]) => role);
  const ids = new Set(defined.map(({ id }) => id));
  return [...defined, ...[...builtInRoles.values()].filter(({ id }) => !ids.has(id))];
}

/** A definition that cannot be read is as good as one that is not shown. */
function entryOf(row: unknown): readonly (readonly [id: string, role: Role])[] {
  const reading = readingOf("", () => mapRole({ path: "", value: row }));
  return reading.state === "unavailable" ? [] : [[reading.value.id, reading.value]];
}

function mapRole(root: Place): Role {
  if (!isObject(root.value)) throw new MalformedPropertyError("The row", root.value, "an object");
  const id = guidAtEnd(readText(at(root, "id")) ?? "");
  const permissions = readList(at(root, "permissions"));
  if (permissions === null) throw new MalformedPropertyError("permissions", undefined, "a list");
  return {
    id,
    name: readText(at(root, "roleName")) ?? id,
    powers: powersOf(permissions.map(mapPermission)),
  };
}

/** Resource Graph writes some of these names with a capital letter (https://learn.microsoft.com/azure/governance/resource-graph/samples/samples-by-table). */
function mapPermission({ path, value }: Place): Permission {
  if (!isObject(value)) throw new MalformedPropertyError(path, value, "an object");
  const byName = new Map(Object.entries(value).map(([name, list]) => [name.toLowerCase(), list]));
  const patterns = (name: string) =>
    readTexts({ path: `${path}.${name}`, value: byName.get(name.toLowerCase()) })?.map((one) =>
      one.toLowerCase(),
    ) ?? [];
  return {
    actions: patterns("actions"),
    notActions: patterns("notActions"),
    dataActions: patterns("dataActions"),
    notDataActions: patterns("notDataActions"),
  };
}

function guidAtEnd(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1).toLowerCase();
}
