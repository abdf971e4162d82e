import { describe, expect, it } from "vitest";
import { nightOne } from "../../../src/emulator/estate/nights.ts";
import type { RawObject } from "../../../src/emulator/estate/world.ts";
import { at, rowsOf, visibleClustersOf } from "./reading-rows.ts";

const first = nightOne();

const properties = (row: RawObject, path: string) => at(row, `properties.${path}`);

const ranges = (row: RawObject): readonly unknown[] => {
  const list = properties(row, "apiServerAccessProfile.authorizedIPRanges");
  return Array.isArray(list) ? list : [];
};

const pools = (row: RawObject): readonly RawObject[] => {
  const list = properties(row, "agentPoolProfiles");
  return Array.isArray(list) ? list : [];
};

const isPrivate = (row: RawObject) => properties(row, "apiServerAccessProfile.enablePrivateCluster") === true;

const isListening = (row: RawObject) => !isPrivate(row) && ranges(row).length === 0;

const scaleSetsOf = (row: RawObject) => nodesOf(row, "microsoft.compute/virtualmachinescalesets");
const machinesOf = (row: RawObject) => nodesOf(row, "microsoft.compute/virtualmachines");

const isAutoProvisioned = (row: RawObject) => properties(row, "nodeProvisioningProfile.mode") === "Auto";

const imageOf = (row: RawObject) =>
  String(
    properties(row, "storageProfile.imageReference.communityGalleryImageId") ??
      properties(row, "storageProfile.imageReference.id"),
  );

const isAddressedMachine = (machine: RawObject) =>
  rowsOf(first, "microsoft.network/networkinterfaces").some(
    (row) =>
      String(properties(row, "virtualMachine.id")).toLowerCase() === String(machine.id).toLowerCase() &&
      properties(row, "ipConfigurations.0.properties.publicIPAddress.id") !== undefined,
  );

const isAddressedScaleSet = (row: RawObject) =>
  properties(
    row,
    "virtualMachineProfile.networkProfile.networkInterfaceConfigurations.0.properties.ipConfigurations.0.properties.publicIPAddressConfiguration",
  ) !== undefined;

/** What must be among the clusters that the first night shows, and how to know one. */
const specimens: Readonly<Record<string, (row: RawObject) => boolean>> = {
  "a private cluster": isPrivate,
  "0.0.0.0/0 beside an office range": (row) => ranges(row).includes("0.0.0.0/0") && ranges(row).length > 1,
  "two /1 ranges that together admit everyone": (row) =>
    ranges(row).includes("0.0.0.0/1") && ranges(row).includes("128.0.0.0/1"),
  "::/0": (row) => ranges(row).includes("::/0"),
  "narrow ranges of both families": (row) =>
    ranges(row).includes("203.0.113.0/24") && ranges(row).includes("2001:db8:42::/48"),
  "the service tag AzureCloud": (row) => ranges(row).includes("AzureCloud"),
  "another service tag": (row) => ranges(row).includes("AzureDevOps"),
  "0.0.0.0/32": (row) => ranges(row).includes("0.0.0.0/32"),
  "an absent apiServerAccessProfile": (row) => properties(row, "apiServerAccessProfile") === undefined,
  "null ranges": (row) =>
    properties(row, "apiServerAccessProfile.authorizedIPRanges") === null && isListening(row),
  "an empty list of ranges": (row) =>
    Array.isArray(properties(row, "apiServerAccessProfile.authorizedIPRanges")) && isListening(row),
  "VNet integration alone": (row) =>
    properties(row, "apiServerAccessProfile.enableVnetIntegration") === true && isListening(row),
  "publicNetworkAccess Disabled on a cluster that is not private": (row) =>
    properties(row, "publicNetworkAccess") === "Disabled" && !isPrivate(row),
  "an absent disableLocalAccounts": (row) => properties(row, "disableLocalAccounts") === undefined,
  "an Azure Linux 2.0 pool behind two good pools": (row) =>
    pools(row).length === 3 && /-V2/.test(String(pools(row)[2]?.nodeImageVersion)),
  "osSKU AzureLinux that is 3.0 by its image": (row) =>
    pools(row).some((pool) => isAzureLinux(pool) && /-V3/.test(String(pool.nodeImageVersion))),
  "osSKU AzureLinux that is 2.0 by its image": (row) =>
    pools(row).every((pool) => isAzureLinux(pool) && /-V2/.test(String(pool.nodeImageVersion))) &&
    pools(row).length > 0,
  "osSKU AzureLinux without an image name": (row) =>
    pools(row).some((pool) => isAzureLinux(pool) && pool.nodeImageVersion === undefined),
  CBLMariner: (row) => pools(row).some(({ osSKU }) => osSKU === "CBLMariner"),
  "a Windows pool": (row) => pools(row).some(({ osType }) => osType === "Windows"),
  "a public IP prefix without enableNodePublicIP": (row) =>
    pools(row).some(
      (pool) => pool.nodePublicIPPrefixID !== undefined && pool.enableNodePublicIP === undefined,
    ),
  "enableNodePublicIP true": (row) =>
    pools(row).some(({ enableNodePublicIP }) => enableNodePublicIP === true),
  "a scale set with addresses that its pool does not admit to": (row) =>
    scaleSetsOf(row).some(isAddressedScaleSet) &&
    pools(row).every(({ enableNodePublicIP }) => enableNodePublicIP === false),
  "a pool of single machines, one with a public address": (row) =>
    pools(row).some(({ type }) => type === "VirtualMachines") && machinesOf(row).some(isAddressedMachine),
  "a pool of single machines in order": (row) =>
    pools(row).some(({ type }) => type === "VirtualMachines") &&
    machinesOf(row).length === 2 &&
    !machinesOf(row).some(isAddressedMachine),
  "an availability set": (row) => pools(row).some(({ type }) => type === "AvailabilitySet"),
  "a scale-set pool without a scale-set row, its image known": (row) =>
    pools(row).length > scaleSetsOf(row).length &&
    pools(row).every(
      ({ type, nodeImageVersion }) => type === "VirtualMachineScaleSets" && nodeImageVersion !== undefined,
    ),
  "auto-provisioning in order, images from the community galleries": (row) =>
    isAutoProvisioned(row) &&
    pools(row).length > 0 &&
    machinesOf(row).length > 0 &&
    machinesOf(row).every((machine) => imageOf(machine).startsWith("/CommunityGalleries/AKS")) &&
    !machinesOf(row).some((machine) => /\/V2/.test(imageOf(machine)) || isAddressedMachine(machine)),
  "auto-provisioning that fails by a machine": (row) =>
    isAutoProvisioned(row) &&
    machinesOf(row).some((machine) => /\/V2/.test(imageOf(machine))) &&
    machinesOf(row).some(isAddressedMachine),
  "hosted system pools": (row) =>
    properties(row, "hostedSystemProfile.enabled") === true && machinesOf(row).length > 0,
  "a null pool list": (row) => properties(row, "agentPoolProfiles") === null,
  "an empty pool list with no machine": (row) =>
    Array.isArray(properties(row, "agentPoolProfiles")) &&
    pools(row).length === 0 &&
    machinesOf(row).length === 0,
  "a pool list of the wrong type": (row) => typeof properties(row, "agentPoolProfiles") === "string",
  "a string for a boolean": (row) => properties(row, "disableLocalAccounts") === "true",
  "a stopped cluster": (row) => properties(row, "powerState.code") === "Stopped",
  "no security profile": (row) => properties(row, "securityProfile") === undefined,
  "a null security profile": (row) => properties(row, "securityProfile") === null,
  "a cluster in Azure China": (row) => row.location === "chinanorth3",
  "a sensor on while the plan is off": (row) =>
    properties(row, "securityProfile.defender.securityMonitoring.enabled") === true &&
    planAt(`/subscriptions/${row.subscriptionId}`) === "Free" &&
    planAt(String(row.id)) === undefined,
  "its own pricing on in a subscription whose plan is off": (row) =>
    planAt(String(row.id)) === "Standard" && planAt(`/subscriptions/${row.subscriptionId}`) === "Free",
  "its own pricing off in a subscription whose plan is on": (row) =>
    planAt(String(row.id)) === "Free" && planAt(`/subscriptions/${row.subscriptionId}`) === "Standard",
  "a plan that only ARM knows": (row) =>
    planAt(`/subscriptions/${row.subscriptionId}`) === undefined &&
    first.armOnly[pricingId(`/subscriptions/${row.subscriptionId}`)] !== undefined,
  "a subscription that refuses the Security provider": (row) => refusedIn(row).includes("microsoft.security"),
  "a subscription that refuses the Compute provider": (row) => refusedIn(row).includes("microsoft.compute"),
  "add-on keys as the CLI writes them": (row) =>
    properties(row, "addonProfiles.azurepolicy") !== undefined &&
    properties(row, "addonProfiles.omsagent") !== undefined,
  "add-on keys as templates write them": (row) =>
    properties(row, "addonProfiles.azurePolicy") !== undefined &&
    properties(row, "addonProfiles.omsAgent") !== undefined,
  "the tier names of old": (row) => at(row, "sku.name") === "Basic",
};

describe("the first night shows", () => {
  it.each(Object.entries(specimens))("%s", (_, isSpecimen) => {
    expect(visibleClustersOf(first).filter(isSpecimen)).not.toEqual([]);
  });
});

function isAzureLinux(pool: RawObject): boolean {
  return pool.osSKU === "AzureLinux";
}

function nodesOf(cluster: RawObject, type: string): readonly RawObject[] {
  const group = String(properties(cluster, "nodeResourceGroup")).toLowerCase();
  return rowsOf(first, type).filter(
    (row) =>
      row.subscriptionId === cluster.subscriptionId && String(row.resourceGroup).toLowerCase() === group,
  );
}

function pricingId(scope: string): string {
  return `${scope}/providers/Microsoft.Security/pricings/Containers`.toLowerCase();
}

function planAt(scope: string): unknown {
  const row = rowsOf(first, "microsoft.security/pricings").find(
    ({ id }) => String(id).toLowerCase() === pricingId(scope),
  );
  return at(row, "properties.pricingTier");
}

function refusedIn(row: RawObject): readonly string[] {
  const home = first.subscriptions.find(({ subscriptionId }) => subscriptionId === row.subscriptionId);
  return home?.refusedProviders ?? [];
}
