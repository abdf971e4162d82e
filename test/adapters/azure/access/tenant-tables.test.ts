import { describe, expect, it } from "vitest";
import { createTenantReader } from "../../../../src/application/tenant-reader.ts";
import { createFactSources } from "../../../../src/composition/fact-sources.ts";
import type { FaultKind } from "../../../../src/emulator/fault-kinds.ts";
import { worldWith } from "../../../support/access-world.ts";
import { emulatedAccess } from "../../../support/emulated-access.ts";

/** Why a table is not all there while a query with this text fails. */
async function reasonOf(name: string, bodyIncludes: string, kind: FaultKind) {
  const { access, azure } = emulatedAccess(worldWith([]));
  azure.faults.add({ match: { service: "resourceGraph", bodyIncludes }, kind });
  const tables = createFactSources(access).flatMap(({ tenant = [] }) => tenant);
  const table = tables.find((one) => one.name.startsWith(`${name}/`));
  if (table === undefined) throw new Error(`There is no table ${name}.`);
  return (await createTenantReader().rowsOf(table)).failure?.reason ?? null;
}

const definitions = "authorization/roledefinitions'";
const assignments = "!in~ ('User'";

describe("a table of the tenant", () => {
  it.each([
    ["mightyAssignments", definitions, "503", "unavailable"],
    ["mightyAssignments", definitions, "403", "accessDenied"],
    ["mightyAssignments", "by roleDefinitionId", "503", "unavailable"],
    ["mightyIdentities", definitions, "503", "unavailable"],
    ["mightyIdentities", assignments, "403", "accessDenied"],
    ["mightyIdentities", assignments, "503", "unavailable"],
    // Costs requests and hides nothing.
    ["mightyAssignments", "properties.nodeResourceGroup, identity", "503", null],
  ] as const)("(%s) fails with what it rests on: %s, %s", async (name, query, kind, reason) => {
    expect(await reasonOf(name, query, kind)).toBe(reason);
  });
});
