import { describe, expect, it } from "vitest";
import type { RawObject } from "../../../../src/emulator/estate/world.ts";
import { assignment, person, place, roles, worldWith } from "../../../support/access-world.ts";
import { readFacts } from "../../../support/fact-source.ts";

async function read(rows: readonly RawObject[], properties: RawObject = {}) {
  const { of } = await readFacts("nodeGroupAccess", worldWith(rows, {}, properties));
  return of("aks-pay-1").nodeGroupAccess;
}

describe("the roles in a node resource group", () => {
  it.each([
    ["at the group, in any casing", place.nodeGroup.toLowerCase()],
    [
      "at a scale set in it",
      `${place.nodeGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/aks-sys`,
    ],
  ])("are those %s", async (_, scope) => {
    expect(await read([assignment(person, roles.contributor, scope, "User")])).toMatchObject({
      state: "collected",
      value: { grants: [{ principalId: person, scope }] },
    });
  });

  it.each([
    ["above it", place.subscription],
    ["at a group whose name only begins the same", `${place.nodeGroup}0`],
  ])("are not those %s", async (_, scope) => {
    expect(await read([assignment(person, roles.contributor, scope, "User")])).toMatchObject({
      state: "collected",
      value: { grants: [] },
    });
  });

  it("are unread when the cluster does not name the group", async () => {
    expect(await read([], { nodeResourceGroup: null })).toMatchObject({
      state: "unavailable",
      gap: { reason: "malformed", detail: expect.stringContaining("nodeResourceGroup") },
    });
  });
});
