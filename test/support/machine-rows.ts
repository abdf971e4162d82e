import type { RawObject } from "../../src/emulator/estate/world.ts";

/** The gallery AKS keeps its own images in. */
export const azureLinux3Id =
  "/subscriptions/109a5e88-712a-48ae-9078-9ca8b3c81345/resourceGroups/AKS-AzureLinux/providers/Microsoft.Compute/galleries/AKSAzureLinux/images/V3gen2/versions/202609.15.0";

interface MachineRow {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly pool?: string;
  readonly properties?: RawObject;
}

/** A scale set's row in Resource Graph, without public addresses. */
export function scaleSetRow(row: MachineRow): RawObject {
  return machineRow("Microsoft.Compute/virtualMachineScaleSets", row, {
    virtualMachineProfile: scaleSetProfile({}),
  });
}

/** The profile of a scale set's machines; `address` is laid over the one address configuration. */
function scaleSetProfile(address: RawObject): RawObject {
  const ipConfigurations = [{ name: "ipconfig1", properties: { primary: true, ...address } }];
  return {
    storageProfile: { osDisk: { osType: "Linux" }, imageReference: { id: azureLinux3Id } },
    networkProfile: { networkInterfaceConfigurations: [{ name: "nic", properties: { ipConfigurations } }] },
  };
}

/** A machine of its own, as node auto-provisioning makes them. */
export function virtualMachineRow(row: MachineRow, interfaceIds: readonly string[]): RawObject {
  return machineRow("Microsoft.Compute/virtualMachines", row, {
    storageProfile: {
      osDisk: { osType: "Linux" },
      imageReference: {
        communityGalleryImageId:
          "/CommunityGalleries/AKSUbuntu-38d80f77-467a-481f-a8d4-09b6d4220bd2/images/2204gen2containerd/versions/202504.22.0",
      },
    },
    networkProfile: { networkInterfaces: interfaceIds.map((id) => ({ id, properties: { primary: true } })) },
  });
}

/** A network interface; without an address id it has no public address. */
export function interfaceRow(row: MachineRow, addressId: string | null): RawObject {
  const address = addressId === null ? {} : { publicIPAddress: { id: addressId } };
  return machineRow("Microsoft.Network/networkInterfaces", row, {
    ipConfigurations: [{ name: "ipconfig1", properties: { privateIPAddress: "10.0.0.4", ...address } }],
  });
}

function machineRow(
  type: string,
  { subscriptionId, resourceGroup, name, pool, properties }: MachineRow,
  own: RawObject,
): RawObject {
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${type}/${name}`,
    name,
    type: type.toLowerCase(),
    location: "westeurope",
    resourceGroup,
    subscriptionId,
    tags: pool === undefined ? null : { "aks-managed-poolName": pool },
    properties: { ...own, ...properties },
  };
}
