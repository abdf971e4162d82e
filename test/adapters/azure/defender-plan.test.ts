import { describe, expect, it } from "vitest";
import { mapPricing } from "../../../src/adapters/azure/defender-plan.ts";

const subscriptionId = "11111111-1111-4111-8111-1111111111AA";
const subscription = `/subscriptions/${subscriptionId.toLowerCase()}`;
const id = `${subscription}/providers/Microsoft.Security/pricings/Containers`;
const postureId = `${subscription}/providers/Microsoft.Security/pricings/CloudPosture`;

describe("a row of pricings", () => {
  it("is a plan of its subscription, in lower case", () => {
    const extensions = [
      { name: "ContainerSensor", isEnabled: "True", operationStatus: { code: "Succeeded" } },
      { name: "AgentlessVmScanning" },
    ];
    expect(mapPricing({ id, subscriptionId, pricingTier: "Standard", extensions })).toEqual({
      id,
      name: "Containers",
      scope: subscription,
      tier: "Standard",
      extensions: {
        state: "collected",
        value: [
          { name: "ContainerSensor", isEnabled: "True" },
          { name: "AgentlessVmScanning", isEnabled: null },
        ],
      },
    });
  });

  it.each([undefined, null])("has no extensions when they are %s", (extensions) => {
    expect(mapPricing({ id: postureId, subscriptionId, pricingTier: "Free", extensions })).toEqual({
      id: postureId,
      name: "CloudPosture",
      scope: subscription,
      tier: "Free",
      extensions: { state: "collected", value: [] },
    });
  });

  it.each([
    ["all", "properties.extensions is a string, not a list."],
    [[7], "properties.extensions[0] is a number, not an object."],
    [[{ isEnabled: "True" }], "properties.extensions[0].name is absent, not a string."],
    [[{ name: "A", isEnabled: true }], "properties.extensions[0].isEnabled is a boolean, not a string."],
  ])("keeps its tier when the extensions are %j", (extensions, detail) => {
    expect(mapPricing({ id, subscriptionId, pricingTier: "Standard", extensions })).toMatchObject({
      tier: "Standard",
      extensions: { state: "unavailable", gap: { scope: subscription, reason: "malformed", detail } },
    });
  });

  it.each([
    ["the id's scope when that can be read", { id, subscriptionId, pricingTier: 7 }, subscription],
    [
      "its subscription when the id is broken",
      { id: "broken", subscriptionId, pricingTier: "Free" },
      subscription,
    ],
    [
      "itself when it is of the plan for posture",
      { id: postureId, subscriptionId, pricingTier: 7 },
      postureId.toLowerCase(),
    ],
    ["its subscription when there is no id", { subscriptionId, pricingTier: "Free" }, subscription],
    ["nobody knows what when only a broken id is there", { id: "broken", pricingTier: "Free" }, "/"],
    [
      "nobody knows what when its subscription is broken too",
      { id: "broken", subscriptionId: "broken" },
      "/",
    ],
    ["nobody knows what when it is no object", "row", "/"],
  ])("that is broken leaves a gap of %s", (_, row, scope) => {
    expect(mapPricing(row)).toMatchObject({ scope, reason: "malformed", remedy: null });
  });
});
