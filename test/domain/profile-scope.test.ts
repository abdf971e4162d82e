import { describe, expect, it } from "vitest";
import { exclusionOf, type ProfileScope } from "../../src/domain/profile-scope.ts";
import { hardenedCluster } from "../support/snapshot.ts";

// aks-payments-weu-01 in rg-payments, tagged owner=payments-platform
const { subscriptionId } = hardenedCluster;

describe("a profile", () => {
  it.each<[string, ProfileScope | undefined]>([
    ["that names no clusters", undefined],
    ["for its tag", { only: { tags: { owner: ["payments-platform"] } } }],
    ["for its tag in another casing of the name", { only: { tags: { Owner: ["payments-platform"] } } }],
    ["for a tag, whatever its value", { only: { tags: { owner: [] } } }],
    ["for several values of its tag", { only: { tags: { owner: ["search", "payments-platform"] } } }],
    ["for its subscription", { only: { subscriptions: [String(subscriptionId).toUpperCase()] } }],
    ["for its group", { only: { resourceGroups: ["RG-Payments"] } }],
    ["except others", { except: { tags: { owner: ["search"] } } }],
    ["except its tag in another group", { except: { tags: { owner: [] }, resourceGroups: ["rg-other"] } }],
  ])("%s is for a cluster", (_, scope) => {
    expect(exclusionOf(scope, hardenedCluster)).toBeNull();
  });

  it.each<[string, ProfileScope, string]>([
    ["for another tag", { only: { tags: { env: [] } } }, "only"],
    ["for another value, by every letter", { only: { tags: { owner: ["Payments-Platform"] } } }, "only"],
    ["for another group of the tag", { only: { tags: { owner: [] }, resourceGroups: ["rg-other"] } }, "only"],
    ["except its tag", { except: { tags: { owner: [] } } }, "except"],
    [
      "for its group, except its subscription",
      { only: { resourceGroups: ["rg-payments"] }, except: { subscriptions: [String(subscriptionId)] } },
      "except",
    ],
  ])("%s leaves a cluster out and says by which condition", (_, scope, condition) => {
    expect(exclusionOf(scope, hardenedCluster)).toContain(`\`${condition}\``);
  });

  it("for subscriptions is not for a template's cluster, which has none yet", () => {
    const cluster = { ...hardenedCluster, subscriptionId: null };
    expect(exclusionOf({ only: { subscriptions: [String(subscriptionId)] } }, cluster)).not.toBeNull();
  });
});
