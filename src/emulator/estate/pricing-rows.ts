import { emptyColumns } from "./container-rows.ts";
import type { RawObject } from "./world.ts";

/** `Standard` is the plan switched on, `Free` switched off. */
export type PricingTier = "Standard" | "Free";

/** What sets a pricing apart from that of the plan Containers with all that scans switched on. */
export interface PricingChanges {
  readonly plan?: "Containers" | "CloudPosture";
  /** Names of extensions that are off, those Azure has on beside it. */
  readonly off?: readonly string[];
}

/** The Defender pricing of a plan at a scope, as the REST interface answers it (https://learn.microsoft.com/rest/api/defenderforcloud/pricings/get). */
export function pricingObject(scope: string, tier: PricingTier, changes: PricingChanges = {}): RawObject {
  const { plan = "Containers", off = [] } = changes;
  return {
    id: pricingId(scope, plan),
    name: plan,
    type: "Microsoft.Security/pricings",
    properties: pricingProperties(tier, plan, off),
  };
}

/** The same as a row of `securityresources`. `scope` is a subscription's id or a cluster's; a cluster's wins for it. */
export function pricingRow(scope: string, tier: PricingTier, changes: PricingChanges = {}): RawObject {
  const [, , subscriptionId = "", , resourceGroup = ""] = scope.split("/");
  return {
    ...pricingObject(scope, tier, changes),
    type: "microsoft.security/pricings",
    ...emptyColumns,
    resourceGroup,
    subscriptionId,
  };
}

/** The plan of old for Kubernetes alone, which Azure goes on returning and which decides nothing. */
export function deprecatedPricingRow(scope: string, tier: PricingTier): RawObject {
  return {
    ...pricingRow(scope, tier),
    id: pricingId(scope, "KubernetesService"),
    name: "KubernetesService",
    properties: {
      pricingTier: tier,
      freeTrialRemainingTime: "PT0S",
      deprecated: true,
      replacedBy: ["Containers"],
    },
  };
}

function pricingId(scope: string, plan: string): string {
  return `${scope}/providers/Microsoft.Security/pricings/${plan}`;
}

function pricingProperties(
  tier: PricingTier,
  plan: NonNullable<PricingChanges["plan"]>,
  off: readonly string[],
): RawObject {
  if (tier === "Free") {
    return {
      pricingTier: "Free",
      subPlan: null,
      freeTrialRemainingTime: "P30D",
      deprecated: false,
    };
  }
  return {
    pricingTier: "Standard",
    subPlan: null,
    freeTrialRemainingTime: "PT0S",
    enablementTime: "2025-02-01T09:00:00Z",
    deprecated: false,
    replacedBy: null,
    enforce: "False",
    inherited: "False",
    inheritedFrom: null,
    extensions: extensions[plan].map((extension) =>
      off.includes(extension.name) ? { name: extension.name, isEnabled: "False" } : extension,
    ),
  };
}

const scanning = [
  { name: "ContainerRegistriesVulnerabilityAssessments", isEnabled: "True" },
  {
    name: "AgentlessDiscoveryForKubernetes",
    isEnabled: "True",
    operationStatus: { code: "Succeeded" },
  },
  {
    name: "AgentlessVmScanning",
    isEnabled: "True",
    additionalExtensionProperties: { ExclusionTags: "[]" },
  },
] as const;

const extensions = {
  Containers: [
    ...scanning,
    {
      name: "ContainerSensor",
      isEnabled: "True",
      additionalExtensionProperties: { SecurityGatingEnabled: "True" },
    },
    { name: "ContainerIntegrityContribution", isEnabled: "False" },
  ],
  CloudPosture: [...scanning, { name: "SensitiveDataDiscovery", isEnabled: "True" }],
} as const;
