import { emptyColumns } from "./container-rows.ts";
import { digitsOf, guidOf } from "./ids.ts";
import type { NodeGroup } from "./node-group.ts";
import { aksManagedTags, linuxConfiguration, nodeGroupId, nodeIdentity } from "./node-group.ts";
import { galleryImageId } from "./node-images.ts";
import type { PoolSpec } from "./pool-rows.ts";
import type { RawObject } from "./world.ts";

/**
 * The row of a pool's scale set. Shape as in a scale set request printed in a public support wiki of
 * November 2025 and an exported template of October 2025 (node image, interface, extensions, tags).
 * Resource Graph writes `resourceGroup` in lower case here, unlike the cluster's `nodeResourceGroup`.
 */
export function scaleSetRow(group: NodeGroup, pool: PoolSpec): RawObject {
  const name = scaleSetName(group, pool.name);
  const id = nodeGroupId(group, "Microsoft.Compute/virtualMachineScaleSets", name);
  return {
    id,
    name,
    type: "microsoft.compute/virtualmachinescalesets",
    ...emptyColumns,
    location: group.location,
    resourceGroup: group.name.toLowerCase(),
    subscriptionId: group.subscription.subscriptionId,
    sku: {
      name: pool.vmSize ?? "Standard_D4ds_v5",
      tier: "Standard",
      capacity: pool.count ?? 3,
    },
    tags: aksManagedTags(group, pool.name, name),
    identity: nodeIdentity(group),
    zones: ["1", "2", "3"],
    properties: {
      singlePlacementGroup: false,
      orchestrationMode: "Uniform",
      upgradePolicy: { mode: "Manual" },
      virtualMachineProfile: {
        osProfile: osProfile(pool, name),
        storageProfile: {
          osDisk: {
            osType: pool.image.osType,
            diffDiskSettings: { option: "Local", placement: "ResourceDisk" },
            createOption: "FromImage",
            caching: "ReadOnly",
            managedDisk: { storageAccountType: "Standard_LRS" },
            diskSizeGB: 128,
          },
          imageReference: { id: galleryImageId(pool.image) },
          diskControllerType: "SCSI",
        },
        networkProfile: {
          networkInterfaceConfigurations: [interfaceConfiguration(group, pool, name)],
        },
        extensionProfile: {
          extensions: extensions(name),
          extensionsTimeBudget: "PT16M",
        },
      },
      provisioningState: "Succeeded",
      overprovision: false,
      doNotRunExtensionsOnOverprovisionedVMs: false,
      uniqueId: guidOf(id),
      platformFaultDomainCount: 1,
      timeCreated: "2025-06-17T08:21:44.3391724+00:00",
    },
  };
}

/** The name AKS gives the scale set of a pool, such as `aks-apps-25795745-vmss`. */
function scaleSetName(group: NodeGroup, pool: string): string {
  return `aks-${pool}-${digitsOf(`${group.name}/${pool}`)}-vmss`;
}

function osProfile(pool: PoolSpec, name: string): RawObject {
  const shared = { adminUsername: "azureuser", allowExtensionOperations: true };
  return pool.image.osType === "Windows"
    ? {
        computerNamePrefix: `aks${pool.name}`,
        ...shared,
        windowsConfiguration: {
          provisionVMAgent: true,
          enableAutomaticUpdates: false,
        },
        secrets: [],
      }
    : {
        computerNamePrefix: name,
        ...shared,
        linuxConfiguration,
        secrets: [],
        requireGuestProvisionSignal: true,
      };
}

/**
 * Public addresses of scale-set machines are told here alone: their addresses are no resources of their own.
 * The name `pub1` is what AKS gives them (an `az vmss list-instance-public-ips` output in a public issue of 2021).
 */
function interfaceConfiguration(group: NodeGroup, pool: PoolSpec, name: string): RawObject {
  const prefix = pool.raw?.nodePublicIPPrefixID;
  const isAddressed =
    pool.scaleSet === "addressed" || pool.raw?.enableNodePublicIP === true || typeof prefix === "string";
  const balancer = nodeGroupId(group, "Microsoft.Network/loadBalancers", "kubernetes");
  return {
    name,
    properties: {
      primary: true,
      enableAcceleratedNetworking: true,
      disableTcpStateTracking: false,
      dnsSettings: { dnsServers: [] },
      enableIPForwarding: true,
      ipConfigurations: [
        {
          name: "ipconfig1",
          properties: {
            primary: true,
            ...(isAddressed ? { publicIPAddressConfiguration: addressConfiguration(prefix) } : {}),
            subnet: { id: group.subnetId },
            privateIPAddressVersion: "IPv4",
            loadBalancerBackendAddressPools: [
              { id: `${balancer}/backendAddressPools/aksOutboundBackendPool` },
              { id: `${balancer}/backendAddressPools/kubernetes` },
            ],
          },
        },
      ],
    },
  };
}

function addressConfiguration(prefix: unknown): RawObject {
  return {
    name: "pub1",
    properties: {
      idleTimeoutInMinutes: 30,
      publicIPAddressVersion: "IPv4",
      ...(typeof prefix === "string" ? { publicIPPrefix: { id: prefix } } : {}),
    },
    sku: { name: "Standard", tier: "Regional" },
  };
}

function extensions(name: string): readonly RawObject[] {
  return [
    {
      name: "vmssCSE",
      properties: {
        autoUpgradeMinorVersion: true,
        publisher: "Microsoft.Azure.Extensions",
        type: "CustomScript",
        typeHandlerVersion: "2.0",
        settings: {},
      },
    },
    {
      name: `${name}-AKSLinuxBilling`,
      properties: {
        autoUpgradeMinorVersion: true,
        publisher: "Microsoft.AKS",
        type: "Compute.AKS.Linux.Billing",
        typeHandlerVersion: "1.0",
        settings: {},
      },
    },
  ];
}
