import { describe, expect, it } from "vitest";
import { mapPricing } from "../../../src/adapters/azure/defender-plan.ts";

const subscriptionId = "11111111-1111-4111-8111-1111111111AA";
const subscription = `/subscriptions/${subscriptionId.toLowerCase()}`;
const id = `${subscription}/providers/Microsoft.Security/pricings/Containers`;

describe("a row of pricings", () => {
  it("is a plan of its subscription, in lower case", () => {
    expect(mapPricing({ id, subscriptionId, pricingTier: "Standard" })).toEqual({
      id,
      scope: subscription,
      tier: "Standard",
    });
  });

  it.each([
    ["the id's scope when that can be read", { id, subscriptionId, pricingTier: 7 }, subscription],
    [
      "its subscription when the id is broken",
      { id: "broken", subscriptionId, pricingTier: "Free" },
      subscription,
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
