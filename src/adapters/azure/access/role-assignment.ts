import type { RoleGrant } from "../../../domain/access.ts";
import type { Gap } from "../../../domain/gap.ts";
import { isObject } from "../../json-object.ts";
import {
  at,
  MalformedPropertyError,
  malformedGap,
  type Place,
  readRequiredText,
  readText,
} from "../../row.ts";
import type { RoleBook } from "./role-definition.ts";

/** Reads a row of `roleAssignmentsQuery`; a gap when it does not tell who holds what where. */
export function mapRoleAssignment(row: unknown, roleOf: RoleBook): RoleGrant | Gap {
  const root: Place = { path: "", value: row };
  try {
    if (!isObject(row)) throw new MalformedPropertyError("The row", row, "an object");
    return {
      path: readRequiredText(at(root, "id")),
      scope: readRequiredText(at(root, "scope")),
      principalId: readRequiredText(at(root, "principalId")).toLowerCase(),
      principalType: readText(at(root, "principalType")),
      role: roleOf(readRequiredText(at(root, "roleDefinitionId"))),
    };
  } catch (error) {
    return malformedGap(placeOf(row), error);
  }
}

/** The most that can be told of where a broken row belongs; `/` when it may be anywhere. */
function placeOf(row: unknown): string {
  if (!isObject(row)) return "/";
  if (typeof row.scope === "string" && row.scope !== "") return row.scope;
  const [place] = typeof row.id === "string" ? row.id.split(/\/providers\/microsoft\.authorization\//i) : [];
  return place === undefined || place === "" ? "/" : place;
}
