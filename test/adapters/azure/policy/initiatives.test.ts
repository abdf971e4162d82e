import { describe, expect, it } from "vitest";
import { createTenantReader } from "../../../../src/application/tenant-reader.ts";
import { createFactSources } from "../../../../src/composition/fact-sources.ts";
import type { FaultKind } from "../../../../src/emulator/fault-kinds.ts";
import { emulatedAccess } from "../../../support/emulated-access.ts";
import { assignment, initiative, policyWorld, shop } from "../../../support/policy-world.ts";
import { payments } from "../../../support/world-small.ts";

const own = initiative(shop, "own-pods", { policyDefinitions: [] });

/** What is kept of the one initiative that is assigned, which Resource Graph never shows. */
async function kept(kind: FaultKind | null, definitionId = String(own.id)) {
  const world = policyWorld([own, assignment(`/subscriptions/${payments}`, "own", definitionId)], {
    missingFromGraph: [String(own.id).toLowerCase()],
  });
  const { access, azure } = emulatedAccess(world);
  if (kind !== null) azure.faults.add({ match: { service: "policySetDefinitions" }, kind });
  const tables = createFactSources(access).flatMap(({ tenant = [] }) => tenant);
  const table = tables.find(({ name }) => name.startsWith("initiatives/"));
  if (table === undefined) throw new Error("There is no table of initiatives.");
  return (await createTenantReader().rowsOf(table)).rows;
}

describe("the initiatives that a plan keeps", () => {
  it("are those that Resource Manager alone shows, too", async () => {
    expect(await kept(null)).toMatchObject([{ set: { members: [] } }]);
  });

  it.each(["403", "404"] as const)("are known to be hidden when it answers %s", async (kind) => {
    expect(await kept(kind)).toMatchObject([{ set: null }]);
  });

  it("are known to be hidden when the id is no path", async () => {
    expect(await kept(null, "//example.invalid/policySetDefinitions/x")).toMatchObject([{ set: null }]);
  });

  it.each(["429", "503"] as const)("are left to batches when it answers %s", async (kind) => {
    expect(await kept(kind)).toEqual([]);
  });
});
