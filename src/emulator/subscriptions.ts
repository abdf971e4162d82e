import { type ArmService, requireRead } from "./arm.ts";
import { answerJson } from "./errors.ts";
import type { EstateSubscription } from "./estate/world.ts";

const apiVersions = ["2020-01-01", "2021-01-01", "2022-12-01"];

/** Subscriptions in ARM: one, and all that the monitor may read (the refused are left out without a word). */
export const subscriptions: readonly ArmService[] = [
  {
    name: "subscriptions",
    path: /^\/subscriptions\/?$/i,
    method: "GET",
    apiVersions,
    answer: ({ index }) =>
      answerJson(200, {
        value: index.readableSubscriptions().map((one) => toSubscription(one, index.world.tenantId)),
      }),
  },
  {
    name: "subscriptions",
    path: /^\/subscriptions\/(?<subscription>[^/]+)\/?$/i,
    method: "GET",
    apiVersions,
    answer(call, { subscription = "" }) {
      requireRead(call, "Microsoft.Resources/subscriptions", subscription);
      const found = call.index.subscription(subscription);
      return answerJson(200, found && toSubscription(found, call.index.world.tenantId));
    },
  },
];

function toSubscription({ subscriptionId, displayName }: EstateSubscription, tenantId: string) {
  return {
    id: `/subscriptions/${subscriptionId}`,
    authorizationSource: "RoleBased",
    managedByTenants: [],
    subscriptionId,
    tenantId,
    displayName,
    state: "Enabled",
    subscriptionPolicies: {
      locationPlacementId: "Public_2014-09-01",
      quotaId: "EnterpriseAgreement_2014-09-01",
      spendingLimit: "Off",
    },
  };
}
