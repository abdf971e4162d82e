import { describe, expect, it } from "vitest";
import { createFleetSource } from "../../../src/adapters/azure/fleet-source.ts";
import { describeFleetSource } from "../../support/describe-fleet-source.ts";
import { emulatedAccess } from "../../support/emulated-access.ts";
import { listed } from "../../support/outcomes.ts";
import { graphAnswer, scriptedAccess } from "../../support/scripted-client.ts";
import { payments } from "../../support/world-small.ts";

describeFleetSource("the fleet through Azure's SDK clients", (world, faults = []) =>
  createFleetSource(emulatedAccess(world, { faults, patience: { tryTimeoutInMs: 50 } }).access),
);

describe("rows that would hide a whole subscription", () => {
  const everything = { subscriptions: [], managementGroups: [] };

  it.each([
    ["a subscription without its id", { id: "/subscriptions/x", name: "x" }],
    ["a subscription whose id is no text", { id: "/subscriptions/x", subscriptionId: 7 }],
    ["no object", "x"],
  ])("end the list: %s", async (_, row) => {
    const { access } = scriptedAccess(() => graphAnswer([row], 1));
    await expect(createFleetSource(access).subscriptions(everything)).rejects.toMatchObject({
      reason: "malformed",
    });
  });

  it("end the count", async () => {
    const { access } = scriptedAccess(() => graphAnswer([{ id: payments, clusters: "3" }], 1));
    await expect(createFleetSource(access).clusterCounts([payments])).rejects.toMatchObject({
      reason: "malformed",
      message: `Could not read the number of clusters of subscription ${payments}: clusters is a string, not a number.`,
    });
  });
});

describe("a scope", () => {
  it("goes to Azure as it is named: subscriptions, one management group a query, or neither", async () => {
    const { access, sent } = scriptedAccess(() => graphAnswer([{ id: "/a", subscriptionId: payments }], 1));
    const fleet = createFleetSource(access);
    await fleet.subscriptions({ subscriptions: [payments], managementGroups: ["one", "two"] });
    await fleet.subscriptions({ subscriptions: [], managementGroups: [] });
    expect(
      sent.map(({ body: { subscriptions, managementGroups } }) => ({ subscriptions, managementGroups })),
    ).toEqual([
      { subscriptions: [payments] },
      { managementGroups: ["one"] },
      { managementGroups: ["two"] },
      {},
    ]);
  });

  it.each([
    ["beside another", { subscriptions: [], managementGroups: ["one", "empty"] }],
    ["beside a subscription", { subscriptions: [payments], managementGroups: ["empty"] }],
  ])("is not read when a management group shows nothing %s", async (_, scope) => {
    const { access } = scriptedAccess(({ body: { managementGroups } }) =>
      Array.isArray(managementGroups) && managementGroups.includes("empty")
        ? graphAnswer([], 0)
        : graphAnswer([{ id: "/a", subscriptionId: payments }], 1),
    );
    await expect(createFleetSource(access).subscriptions(scope)).rejects.toMatchObject({
      reason: "accessDenied",
      message: "Resource Graph shows no subscription of management group empty at all.",
    });
  });

  it("is read when its management groups hold the same subscription", async () => {
    const { access } = scriptedAccess(() => graphAnswer([{ id: "/a", subscriptionId: payments }], 1));
    const fleet = createFleetSource(access);
    expect(await fleet.subscriptions({ subscriptions: [], managementGroups: ["one", "two"] })).toHaveLength(
      1,
    );
  });

  it("of more subscriptions than a query takes is a mistake of the caller", async () => {
    const fleet = createFleetSource(scriptedAccess(() => graphAnswer([], 0)).access);
    const many = Array.from({ length: 301 }, (_, index) => String(index));
    expect(() => fleet.clusters(many)).toThrow(RangeError);
    await expect(fleet.clusterCounts(many)).rejects.toThrow(RangeError);
    await expect(fleet.presence("/subscriptions/x/resourceGroups/y")).rejects.toThrow(RangeError);
    await expect(listed(fleet.clusters([]))).resolves.toEqual([]);
  });
});
