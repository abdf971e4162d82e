import { describe, expect, it } from "vitest";
import { builtInRoles } from "../../../../src/adapters/azure/access/built-in-roles.ts";
import { createRoleBook } from "../../../../src/adapters/azure/access/role-definition.ts";
import { roleDefinitionRows } from "../../../../src/emulator/estate/role-definitions.ts";
import type { RawObject } from "../../../../src/emulator/estate/world.ts";

/** As `roleDefinitionsQuery` projects a row. */
function projected({ id, properties }: RawObject): RawObject {
  const { roleName, permissions } = { roleName: null, permissions: null, ...(properties as RawObject) };
  return { id, roleName, permissions };
}

const rows = roleDefinitionRows().map(projected);

describe("a role", () => {
  it("is told by the GUID at the end of any of its ids", () => {
    const roleOf = createRoleBook([]);
    for (const id of [
      "/subscriptions/one/providers/Microsoft.Authorization/RoleDefinitions/8E3AF657-A8FF-443C-A75C-2FE8C4BCB635",
      "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    ])
      expect(roleOf(id)).toMatchObject({ name: "Owner" });
  });

  it("may do anything when nobody shows its definition, or shows one that cannot be made out", () => {
    const id = "0c000000-0000-4000-8000-00000000000c";
    for (const broken of [
      [],
      [{ id, roleName: "Broken", permissions: "all" }],
      [{ id, permissions: null }],
      [null],
    ])
      expect(createRoleBook(broken)(id)).toEqual({ id, name: id, powers: null });
  });

  it("of Azure's own does what is known of it without its definition", () => {
    const shown = createRoleBook(rows);
    const both = rows.map(({ id }) => String(id)).filter((id) => builtInRoles.has(id.slice(-36)));
    expect(both.length).toBeGreaterThan(8);
    for (const id of both) expect(shown(id)).toEqual(createRoleBook([])(id));
  });
});
