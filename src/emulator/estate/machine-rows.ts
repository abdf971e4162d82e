import { emptyColumns } from "./container-rows.ts";
import { guidOf } from "./ids.ts";
import type { NodeGroup } from "./node-group.ts";
import {
  aksManagedTags,
  linuxConfiguration,
  nodeGroupDigits,
  nodeGroupId,
  nodeIdentity,
} from "./node-group.ts";
import type { NodeImage } from "./node-images.ts";
import { communityImageId, galleryImageId } from "./node-images.ts";
import type { RawObject } from "./world.ts";

/** A machine of its own in a node group: one that no scale set made. */
export interface MachineSpec {
  /** The pool it belongs to; a provisioned machine belongs to a Karpenter node pool of this name. */
  readonly pool: string;
  /** A pool of single machines, a pool in an availability set, or node auto-provisioning. */
  readonly origin: "pool" | "availabilitySet" | "provisioned";
  readonly image: NodeImage;
  /** Its network interface holds a public address. */
  readonly isAddressed?: boolean;
}

/** The rows of machines and of their network interfaces, numbered by pool. */
export function machineRows(group: NodeGroup, machines: readonly MachineSpec[]): readonly RawObject[] {
  return machines.flatMap((machine, position) => {
    const earlier = machines.slice(0, position).filter(({ pool }) => pool === machine.pool).length;
    const name = machineName(group, machine, earlier);
    return [machineRow(group, machine, name), interfaceRow(group, machine, name, earlier)];
  });
}

/**
 * Names as seen in public: `aks-pool1-13222729-vms0` in the tests of the cluster autoscaler's Azure provider,
 * `aks-default-2jf98` in a comment of the Karpenter provider. Availability sets number their machines plainly.
 */
function machineName(group: NodeGroup, { pool, origin }: MachineSpec, number: number): string {
  if (origin === "provisioned") {
    return `aks-${pool}-${guidOf(`${group.name}/${pool}/${number}`).slice(0, 5)}`;
  }
  return `aks-${pool}-${nodeGroupDigits(group)}-${origin === "pool" ? "vms" : ""}${number}`;
}

/** The network interface that Karpenter makes bears the machine's name; for pools the name was not seen in public. */
function interfaceName({ origin }: MachineSpec, machine: string): string {
  return origin === "provisioned" ? machine : `${machine}-nic`;
}

/** Tags of provisioned machines and interfaces: the Karpenter provider's tests name these keys. */
function tagsOf(group: NodeGroup, machine: MachineSpec, name: string): RawObject {
  return machine.origin === "provisioned"
    ? {
        "karpenter.azure.com_cluster": group.clusterName,
        "compute.aks.billing": "linux",
        "karpenter.sh_nodepool": machine.pool,
      }
    : aksManagedTags(group, machine.pool, name);
}

function machineRow(group: NodeGroup, machine: MachineSpec, name: string): RawObject {
  const id = nodeGroupId(group, "Microsoft.Compute/virtualMachines", name);
  const network = nodeGroupId(group, "Microsoft.Network/networkInterfaces", interfaceName(machine, name));
  return {
    id,
    name,
    type: "microsoft.compute/virtualmachines",
    ...emptyColumns,
    location: group.location,
    // Resource groups of machines come in capitals as often as not.
    resourceGroup: group.name.toUpperCase(),
    subscriptionId: group.subscription.subscriptionId,
    tags: tagsOf(group, machine, name),
    identity: nodeIdentity(group),
    zones: ["1"],
    properties: {
      vmId: guidOf(id),
      provisioningState: "Succeeded",
      hardwareProfile: { vmSize: "Standard_D4as_v5" },
      storageProfile: {
        osDisk: {
          osType: machine.image.osType,
          name: `${name}-osdisk`,
          createOption: "FromImage",
          caching: "ReadOnly",
          managedDisk: { storageAccountType: "Premium_LRS" },
          deleteOption: "Delete",
          diskSizeGB: 128,
        },
        imageReference:
          machine.origin === "provisioned"
            ? { communityGalleryImageId: communityImageId(machine.image) }
            : { id: galleryImageId(machine.image) },
        dataDisks: [],
        diskControllerType: "SCSI",
      },
      osProfile: {
        computerName: name,
        adminUsername: "azureuser",
        linuxConfiguration,
        secrets: [],
        allowExtensionOperations: true,
      },
      networkProfile: {
        networkInterfaces: [
          {
            id: network,
            properties: { primary: true, deleteOption: "Delete" },
          },
        ],
      },
      priority: "Regular",
      timeCreated: "2026-10-28T06:14:09.1182341+00:00",
      extended: {
        instanceView: { powerState: { code: "PowerState/running" } },
      },
    },
  };
}

function interfaceRow(
  group: NodeGroup,
  machine: MachineSpec,
  machineNameOf: string,
  number: number,
): RawObject {
  const name = interfaceName(machine, machineNameOf);
  const id = nodeGroupId(group, "Microsoft.Network/networkInterfaces", name);
  const address = nodeGroupId(group, "Microsoft.Network/publicIPAddresses", `${name}-pip`);
  return {
    id,
    name,
    type: "microsoft.network/networkinterfaces",
    ...emptyColumns,
    location: group.location,
    resourceGroup: group.name.toLowerCase(),
    subscriptionId: group.subscription.subscriptionId,
    tags: tagsOf(group, machine, machineNameOf),
    properties: {
      provisioningState: "Succeeded",
      resourceGuid: guidOf(id),
      ipConfigurations: [
        {
          name: "ipconfig1",
          id: `${id}/ipConfigurations/ipconfig1`,
          type: "Microsoft.Network/networkInterfaces/ipConfigurations",
          properties: {
            provisioningState: "Succeeded",
            privateIPAddress: `10.224.0.${10 + number}`,
            privateIPAllocationMethod: "Dynamic",
            ...(machine.isAddressed === true ? { publicIPAddress: { id: address } } : {}),
            subnet: { id: group.subnetId },
            primary: true,
            privateIPAddressVersion: "IPv4",
          },
        },
      ],
      dnsSettings: { dnsServers: [], appliedDnsServers: [] },
      enableAcceleratedNetworking: true,
      enableIPForwarding: true,
      primary: true,
      // The network side writes the resource group of the machine in capitals: ids compare without regard to case.
      virtualMachine: {
        id: nodeGroupId(
          { ...group, name: group.name.toUpperCase() },
          "Microsoft.Compute/virtualMachines",
          machineNameOf,
        ),
      },
      nicType: "Standard",
    },
  };
}
