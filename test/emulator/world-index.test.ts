import { describe, expect, it } from "vitest";
import { createGeneratedEstate } from "../../src/emulator/estate/generated/generated-estate.ts";
import { createListedWorld } from "../../src/emulator/estate/listed-world.ts";
import type { World } from "../../src/emulator/estate/world.ts";
import { createWorldIndex, readText } from "../../src/emulator/world-index.ts";
import { clusterRow, payments, smallWorld } from "../support/world-small.ts";

const clusterType = "microsoft.containerservice/managedclusters";

/** A world that tells how often it was asked for what lies in a subscription. */
function createTold(world: World) {
  const asked: string[] = [];
  const contentsOf: World["contentsOf"] = (subscriptionId, isWanted) => {
    asked.push(subscriptionId);
    return world.contentsOf(subscriptionId, isWanted);
  };
  return { world: { ...world, contentsOf }, asked };
}

function generated(troubles = {}): World {
  const [world] = createGeneratedEstate({ clusters: 400, subscriptions: 40, troubles }).nights;
  if (!world) throw new Error("There is no first night.");
  return world;
}

describe("the index of a world", () => {
  it("makes one subscription for a look-up in it, and remembers it for the next", () => {
    const { world, asked } = createTold(createListedWorld(smallWorld()));
    const index = createWorldIndex(world);
    const id = String(clusterRow(payments, "aks-pay-1").id);
    expect(index.resource(id.toUpperCase())).toMatchObject({ name: "aks-pay-1" });
    expect(index.hasResourceGroup(payments, "RG-aks-pay-1")).toBe(true);
    expect(index.hasResourceGroup(payments, "rg-elsewhere")).toBe(false);
    expect(index.resourcesOfType(payments, clusterType)).toHaveLength(2);
    expect(asked).toEqual([payments]);
  });

  it("lets subscriptions go that were not looked at for long", () => {
    const { world, asked } = createTold(generated());
    const index = createWorldIndex(world);
    for (const { subscriptionId } of world.subscriptions) index.resourcesOfType(subscriptionId, clusterType);
    const [first, last] = [world.subscriptions[0], world.subscriptions.at(-1)];
    index.resourcesOfType(last?.subscriptionId ?? "", clusterType);
    expect(asked).toHaveLength(40);
    index.resourcesOfType(first?.subscriptionId ?? "", clusterType);
    expect(asked).toHaveLength(41);
  });

  it("gives Resource Graph the rows wanted and no other, the same as if all were made", () => {
    const world = generated({ missingFromGraph: 0.2 });
    const index = createWorldIndex(world);
    for (const type of [
      clusterType,
      "microsoft.compute/virtualmachinescalesets",
      "microsoft.network/networkinterfaces",
      "microsoft.security/pricings",
      "microsoft.resources/subscriptions",
    ]) {
      for (const { subscriptionId } of world.subscriptions) {
        const { rows, missingFromGraph } = world.contentsOf(subscriptionId);
        const shown = rows.filter(
          (row) => row.type === type && !missingFromGraph.includes(readText(row, "id").toLowerCase()),
        );
        expect(index.graphRows(subscriptionId, (one) => one === type)).toEqual(shown);
      }
    }
  });

  it("makes no rows in vain", () => {
    const world = generated();
    for (const { subscriptionId } of world.subscriptions) {
      const { rows } = world.contentsOf(subscriptionId, (type) => type === clusterType);
      expect(rows.filter(({ type }) => String(type).startsWith("microsoft.compute/"))).toEqual([]);
    }
  });
});
