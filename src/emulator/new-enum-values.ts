import { alter, spotsIn } from "./altered-json.ts";
import type { Dice } from "./estate/generated/dice.ts";

/** Enums of the REST interfaces that the emulated Azure answers, by property (https://learn.microsoft.com/rest/api/aks/managed-clusters/get and the references of the other providers). */
const enums = {
  osType: ["Linux", "Windows"],
  osSKU: ["Ubuntu", "AzureLinux", "AzureLinux3", "CBLMariner", "Windows2019", "Windows2022"],
  poolType: ["VirtualMachineScaleSets", "VirtualMachines", "AvailabilitySet"],
  poolMode: ["System", "User"],
  powerState: ["Running", "Stopped"],
  provisioningState: ["Succeeded", "Failed", "Updating", "Creating", "Deleting"],
  nodeProvisioning: ["Manual", "Auto"],
  pricingTier: ["Standard", "Free"],
  access: ["Enabled", "Disabled", "SecuredByPerimeter"],
  sshAccess: ["LocalUser", "EntraId"],
  osDiskType: ["Managed", "Ephemeral"],
  restrictionLevel: ["ReadOnly", "Unrestricted"],
  supportPlan: ["KubernetesOfficial", "AKSLongTermSupport"],
} as const;

const values: ReadonlySet<unknown> = new Set(Object.values(enums).flat());

/**
 * The same JSON in which so many enum values are ones that nobody knows yet, such as `NovelAzureLinux`. They are told
 * by their value, since a query names its columns as it likes.
 */
export function withNewEnumValues(json: unknown, alterations: number, dice: Dice): unknown {
  const spots = spotsIn(json).filter(({ value }) => values.has(value));
  return alter(json, spots, alterations, dice, ({ value }) => `Novel${String(value)}`);
}
