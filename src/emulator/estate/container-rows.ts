import type { ManagementGroup } from "./tenant.ts";
import { managementGroups, tenantId } from "./tenant.ts";
import type { EstateSubscription, RawObject } from "./world.ts";

/** Columns that Resource Graph gives every row; empty ones come as `""` or null, depending on the column. */
export const emptyColumns = {
  tenantId,
  kind: "",
  location: "",
  resourceGroup: "",
  subscriptionId: "",
  managedBy: "",
  sku: null,
  plan: null,
  tags: null,
  identity: null,
  zones: null,
  extendedLocation: null,
} as const satisfies RawObject;

/**
 * A row of `resourcecontainers` for a subscription, with the management groups nearest first.
 * Shape: a row printed in a public import guide for software catalogues
 * (`properties.managedByTenants, managementGroupAncestorsChain, state, subscriptionPolicies`).
 */
export function subscriptionRow(subscription: EstateSubscription): RawObject {
  return {
    id: `/subscriptions/${subscription.subscriptionId}`,
    name: subscription.displayName,
    type: "microsoft.resources/subscriptions",
    ...emptyColumns,
    subscriptionId: subscription.subscriptionId,
    properties: {
      managedByTenants: [],
      managementGroupAncestorsChain: subscription.managementGroups.map(chainLink),
      state: "Enabled",
      subscriptionPolicies: {
        locationPlacementId: "Public_2014-09-01",
        quotaId: "EnterpriseAgreement_2014-09-01",
        spendingLimit: "Off",
      },
    },
  };
}

/**
 * A row of `resourcecontainers` for a management group. `properties.details.parent` and
 * `properties.details.managementGroupAncestorsChain` are what public queries read.
 */
export function managementGroupRow(group: ManagementGroup): RawObject {
  const [parent] = group.ancestors;
  return {
    id: managementGroupId(group.name),
    name: group.name,
    type: "microsoft.management/managementgroups",
    ...emptyColumns,
    properties: {
      tenantId,
      displayName: group.displayName,
      details: {
        version: 1,
        updatedTime: "2025-03-04T09:12:31.118Z",
        parent:
          parent === undefined
            ? null
            : {
                displayName: chainLink(parent).displayName,
                id: managementGroupId(parent),
                name: parent,
              },
        managementGroupAncestorsChain: group.ancestors.map(chainLink),
      },
    },
  };
}

function chainLink(name: string) {
  const group = managementGroups.find((candidate) => candidate.name === name);
  return { displayName: group?.displayName ?? name, name };
}

function managementGroupId(name: string): string {
  return `/providers/Microsoft.Management/managementGroups/${name}`;
}
