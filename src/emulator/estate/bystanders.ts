import { payProd } from "./clusters/payments.ts";
import { emptyColumns } from "./container-rows.ts";
import { guidOf, resourceIdOf } from "./ids.ts";
import { galleryImageId, ubuntu2204 } from "./node-images.ts";
import { subscriptions } from "./tenant.ts";
import type { RawObject } from "./world.ts";

/**
 * Rows that lie beside the clusters' own and belong to no node: a jump host with a public address outside every
 * node group, and the private endpoint's interface inside one, which belongs to no machine.
 */
export function bystanderRows(): readonly RawObject[] {
  const { subscriptionId } = subscriptions.platform;
  const group = "rg-platform-jump";
  const host = resourceIdOf(subscriptionId, group, "Microsoft.Compute/virtualMachines", "vm-jump-01");
  const nic = resourceIdOf(subscriptionId, group, "Microsoft.Network/networkInterfaces", "vm-jump-01-nic");
  const address = resourceIdOf(subscriptionId, group, "Microsoft.Network/publicIPAddresses", "pip-jump-01");
  const endpointGroup = `MC_${payProd.resourceGroup}_${payProd.name}_${payProd.location}`;
  const endpointName = `kube-apiserver.nic.${guidOf(endpointGroup)}`;
  const endpointNic = resourceIdOf(
    payProd.subscription.subscriptionId,
    endpointGroup,
    "Microsoft.Network/networkInterfaces",
    endpointName,
  );
  return [
    {
      id: host,
      name: "vm-jump-01",
      type: "microsoft.compute/virtualmachines",
      ...emptyColumns,
      location: "westeurope",
      resourceGroup: group,
      subscriptionId,
      tags: { owner: "platform-engineering" },
      properties: {
        vmId: guidOf(host),
        provisioningState: "Succeeded",
        hardwareProfile: { vmSize: "Standard_B2s" },
        storageProfile: { imageReference: { id: galleryImageId(ubuntu2204) } },
        networkProfile: {
          networkInterfaces: [{ id: nic, properties: { primary: true } }],
        },
      },
    },
    interfaceRow(nic, "vm-jump-01-nic", group, subscriptionId, {
      virtualMachine: { id: host },
      publicIPAddress: { id: address },
    }),
    interfaceRow(
      endpointNic,
      endpointName,
      endpointGroup.toLowerCase(),
      payProd.subscription.subscriptionId,
      {},
    ),
  ];
}

function interfaceRow(
  id: string,
  name: string,
  resourceGroup: string,
  subscriptionId: string,
  belongings: {
    readonly virtualMachine?: RawObject;
    readonly publicIPAddress?: RawObject;
  },
): RawObject {
  const { virtualMachine, publicIPAddress } = belongings;
  return {
    id,
    name,
    type: "microsoft.network/networkinterfaces",
    ...emptyColumns,
    location: "westeurope",
    resourceGroup,
    subscriptionId,
    properties: {
      provisioningState: "Succeeded",
      ipConfigurations: [
        {
          name: "ipconfig1",
          properties: {
            privateIPAddress: "10.224.1.4",
            privateIPAllocationMethod: "Dynamic",
            ...(publicIPAddress === undefined ? {} : { publicIPAddress }),
            primary: true,
          },
        },
      ],
      ...(virtualMachine === undefined ? {} : { virtualMachine }),
    },
  };
}
