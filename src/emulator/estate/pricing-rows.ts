import { emptyColumns } from "./container-rows.ts";
import type { RawObject } from "./world.ts";

/** `Standard` is the plan switched on, `Free` switched off. */
export type PricingTier = "Standard" | "Free";

/** The Defender pricing `Containers` at a scope, as the REST interface answers it (https://learn.microsoft.com/rest/api/defenderforcloud/pricings/get). */
export function pricingObject(scope: string, tier: PricingTier): RawObject {
  return {
    id: pricingId(scope, "Containers"),
    name: "Containers",
    type: "Microsoft.Security/pricings",
    properties: pricingProperties(tier),
  };
}

/** The same as a row of `securityresources`. `scope` is a subscription's id or a cluster's; a cluster's wins for it. */
export function pricingRow(scope: string, tier: PricingTier): RawObject {
  const [, , subscriptionId = "", , resourceGroup = ""] = scope.split("/");
  return {
    id: pricingId(scope, "Containers"),
    name: "Containers",
    type: "microsoft.security/pricings",
    ...emptyColumns,
    resourceGroup,
    subscriptionId,
    properties: pricingProperties(tier),
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

function pricingProperties(tier: PricingTier): RawObject {
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
    extensions: [
      {
        name: "ContainerRegistriesVulnerabilityAssessments",
        isEnabled: "True",
      },
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
      {
        name: "ContainerSensor",
        isEnabled: "True",
        additionalExtensionProperties: { SecurityGatingEnabled: "True" },
      },
      { name: "ContainerIntegrityContribution", isEnabled: "False" },
    ],
  };
}
