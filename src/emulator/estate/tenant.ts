import type { EstateSubscription } from "./world.ts";

/** The made-up tenant; the root management group carries the tenant's id as its name, as in Azure. */
export const tenantId = "7e000000-0000-4000-8000-000000000001";

/** One management group of the made-up tenant. */
export interface ManagementGroup {
  readonly name: string;
  readonly displayName: string;
  /** Names of the groups above it, nearest first; empty for the root. */
  readonly ancestors: readonly string[];
}

/** The management-group tree, from the root down. */
export const managementGroups: readonly ManagementGroup[] = [
  { name: tenantId, displayName: "Tenant Root Group", ancestors: [] },
  { name: "contoso", displayName: "Contoso", ancestors: [tenantId] },
  {
    name: "contoso-platform",
    displayName: "Platform",
    ancestors: ["contoso", tenantId],
  },
  {
    name: "contoso-landing-zones",
    displayName: "Landing zones",
    ancestors: ["contoso", tenantId],
  },
  {
    name: "contoso-online",
    displayName: "Online",
    ancestors: ["contoso-landing-zones", "contoso", tenantId],
  },
  {
    name: "contoso-corp",
    displayName: "Corp",
    ancestors: ["contoso-landing-zones", "contoso", tenantId],
  },
  {
    name: "contoso-sandboxes",
    displayName: "Sandboxes",
    ancestors: ["contoso", tenantId],
  },
  {
    name: "contoso-legacy",
    displayName: "Legacy",
    ancestors: ["contoso", tenantId],
  },
];

/** Every subscription of the tenant as it stands on the first night. */
export const subscriptions = {
  payments: subscriptionUnder("contoso-online", 101, "payments-prod"),
  checkout: subscriptionUnder("contoso-online", 102, "checkout-prod"),
  search: subscriptionUnder("contoso-online", 103, "search-prod"),
  data: {
    ...subscriptionUnder("contoso-corp", 104, "data-prod"),
    refusedProviders: ["microsoft.security"],
  },
  platform: subscriptionUnder("contoso-platform", 105, "platform-shared"),
  edge: subscriptionUnder("contoso-online", 106, "edge-prod"),
  retail: subscriptionUnder("contoso-corp", 107, "retail-stores"),
  china: {
    ...subscriptionUnder("contoso-corp", 108, "retail-china"),
    refusedProviders: ["microsoft.operationalinsights"],
  },
  ml: {
    ...subscriptionUnder("contoso-corp", 109, "ml-research"),
    refusedProviders: ["microsoft.compute"],
  },
  legacy: subscriptionUnder("contoso-legacy", 110, "legacy-erp"),
  marketing: subscriptionUnder("contoso-online", 111, "marketing-web"),
  sandbox: subscriptionUnder("contoso-sandboxes", 112, "sandbox-engineering"),
  loyalty: {
    ...subscriptionUnder("contoso-corp", 113, "loyalty-partners"),
    access: "refused",
  },
} as const satisfies Readonly<Record<string, EstateSubscription>>;

function subscriptionUnder(managementGroup: string, number: number, displayName: string): EstateSubscription {
  const ancestors = managementGroups.find(({ name }) => name === managementGroup)?.ancestors ?? [];
  return {
    subscriptionId: `50b00000-0000-4000-8000-000000000${number}`,
    displayName,
    managementGroups: [managementGroup, ...ancestors],
    access: "granted",
  };
}
