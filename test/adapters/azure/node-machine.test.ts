import { describe, expect, it } from "vitest";
import { nodeImageName } from "../../../src/adapters/azure/node-image-name.ts";
import { mapMachineWithIdentities, mapNodeMachine } from "../../../src/adapters/azure/node-machine.ts";
import { azureLinux3Id } from "../../support/machine-rows.ts";

const group = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/MC_Pay/providers";
const scaleSetId = `${group}/Microsoft.Compute/virtualMachineScaleSets/aks-sys-1-vmss`;
const machineId = `${group}/Microsoft.Compute/virtualMachines/aks-default-2jf98`;
const interfaceId = `${group}/Microsoft.Network/networkInterfaces/nic-1`;

describe("a scale set", () => {
  it("is read with its pool, image and addresses", () => {
    expect(mapNodeMachine(scaleSet())).toEqual({
      id: scaleSetId.toLowerCase(),
      kind: "scaleSet",
      name: "aks-sys-1-vmss",
      subscriptionId: "11111111-1111-1111-1111-111111111111",
      resourceGroup: "mc_pay",
      pool: "sys",
      address: {
        state: "collected",
        value: {
          path: scaleSetId.toLowerCase(),
          name: "aks-sys-1-vmss",
          pool: "sys",
          isPublic: false,
          observed: null,
        },
      },
      image: {
        state: "collected",
        value: {
          path: scaleSetId.toLowerCase(),
          name: "aks-sys-1-vmss",
          pool: "sys",
          osType: "Linux",
          osSku: null,
          imageVersion: "AKSAzureLinux-V3gen2-202609.15.0",
          kubernetesVersion: null,
        },
      },
      principalIds: null,
      networkInterfaceIds: [],
      attachedTo: null,
    });
  });

  it("is public when any configuration of any interface gives an address", () => {
    const scaleSetInterfaces = [nic([{}]), nic([{}, { publicIPAddressConfiguration: { name: "pub1" } }])];
    expect(mapNodeMachine(scaleSet({ scaleSetInterfaces }))).toMatchObject({
      address: { value: { isPublic: true, observed: ["pub1"] } },
    });
  });

  it("without a machine profile has an unread address and image, not none", () => {
    const bare = scaleSet({ scaleSetInterfaces: null, scaleSetImage: null, scaleSetOsType: null });
    expect(mapNodeMachine(bare)).toMatchObject({
      address: {
        state: "unavailable",
        gap: {
          reason: "malformed",
          detail:
            "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations is absent, not a list.",
        },
      },
      image: { state: "unavailable" },
    });
  });

  it.each([
    ["no interface", []],
    ["an interface without configurations", [{ name: "nic", properties: {} }]],
    ["text for an interface", ["nic"]],
    ["text for a configuration", [{ properties: { ipConfigurations: ["x"] } }]],
    ["text for an address", [nic([{ publicIPAddressConfiguration: "x" }])]],
    ["an interface without properties", [{ name: "nic" }]],
    ["a configuration without properties", [{ properties: { ipConfigurations: [{}] } }]],
    [
      "a configuration without properties beside a good one",
      [nic([{}]), { properties: { ipConfigurations: [{ name: "ipconfig1", properties: null }] } }],
    ],
  ])("with %s has an unread address", (_, scaleSetInterfaces) => {
    expect(mapNodeMachine(scaleSet({ scaleSetInterfaces }))).toMatchObject({
      address: { state: "unavailable" },
      image: { state: "collected" },
    });
  });

  it("without the pool's tag belongs to no pool", () => {
    expect(mapNodeMachine(scaleSet({ pool: null }))).toMatchObject({
      pool: null,
      image: { value: { pool: null } },
    });
  });
});

describe("a virtual machine", () => {
  it("names its interfaces in lower case and has no address of its own", () => {
    expect(mapNodeMachine(machine())).toMatchObject({
      kind: "virtualMachine",
      address: null,
      networkInterfaceIds: [interfaceId.toLowerCase()],
      attachedTo: null,
      image: { value: { imageVersion: "AKSUbuntu-2204gen2containerd-202504.22.0" } },
    });
  });

  it.each([
    ["none", null],
    ["an empty list", []],
    ["one without id", [{ properties: {} }]],
  ])("with %s for interfaces may have any address", (_, machineInterfaces) => {
    expect(mapNodeMachine(machine({ machineInterfaces }))).toMatchObject({
      address: { state: "unavailable" },
      networkInterfaceIds: [],
      attachedTo: null,
    });
  });

  it("from elsewhere than a gallery has an image without a name", () => {
    const machineImage = {
      publisher: "microsoft-aks",
      offer: "aks",
      sku: "aks-ubuntu-1804",
      version: "2021.10.1",
    };
    expect(mapNodeMachine(machine({ machineImage }))).toMatchObject({
      image: { state: "collected", value: { imageVersion: null } },
    });
  });
});

describe("the identities a machine carries", () => {
  const assigned = { userAssignedIdentities: { "/subscriptions/x/id": { principalId: "AAAA" } } };

  it.each([
    ["none without such a block", null, []],
    ["those people assigned", assigned, ["aaaa"]],
    ["its own too", { ...assigned, principalId: "Bbbb" }, ["bbbb", "aaaa"]],
  ])("are %s, by object ids in lower case", (_, identity, value) => {
    expect(mapMachineWithIdentities(scaleSet({ identity }))).toMatchObject({
      principalIds: { state: "collected", value },
    });
    expect(mapMachineWithIdentities(machine({ identity }))).toMatchObject({
      principalIds: { state: "collected", value },
    });
  });

  it.each([
    ["text for the block", "SystemAssigned", "identity is a string"],
    ["a number for an object id", { principalId: 7 }, "identity.principalId is a number"],
    [
      "an identity without one",
      { userAssignedIdentities: { "/id": {} } },
      "identity.userAssignedIdentities['/id'].principalId is absent",
    ],
  ])("are unread with %s, and nothing else with them", (_, identity, detail) => {
    expect(mapMachineWithIdentities(scaleSet({ identity }))).toMatchObject({
      address: { state: "collected" },
      principalIds: {
        state: "unavailable",
        gap: { scope: scaleSetId.toLowerCase(), detail: expect.stringContaining(detail) },
      },
    });
  });

  it("are not there where nobody asked for them", () => {
    expect(mapNodeMachine(scaleSet({ identity: assigned }))).toMatchObject({ principalIds: null });
  });
});

describe("a network interface", () => {
  it.each([
    ["public with an address", { publicIPAddress: { id: "/pip" } }, { isPublic: true, observed: ["/pip"] }],
    [
      "public with an address that has no id",
      { publicIPAddress: { name: "pip" } },
      { isPublic: true, observed: ["(without a name)"] },
    ],
    ["not public without", {}, { isPublic: false, observed: null }],
  ])("is %s", (_, properties, value) => {
    const row = {
      ...base(interfaceId, "Microsoft.Network/networkInterfaces"),
      ipConfigurations: [{ name: "ipconfig1", properties }],
    };
    expect(mapNodeMachine(row)).toMatchObject({
      kind: "networkInterface",
      image: null,
      address: { state: "collected", value },
    });
  });

  it.each([
    ["text", "x"],
    ["an empty object", [{}]],
    ["an object without properties", [{ a: 1 }]],
  ])("with %s for its configurations has an unread address", (_, ipConfigurations) => {
    const row = { ...base(interfaceId, "Microsoft.Network/networkInterfaces"), ipConfigurations };
    expect(mapNodeMachine(row)).toMatchObject({
      address: { state: "unavailable", gap: { scope: interfaceId.toLowerCase() } },
    });
  });
});

describe("a row that cannot be placed", () => {
  it.each([
    ["no object", 7, "/", "The row is a number, not an object."],
    [
      "no id",
      { ...scaleSet(), id: null },
      "/subscriptions/11111111-1111-1111-1111-111111111111",
      "id is absent, not a string.",
    ],
    [
      "no group",
      { ...scaleSet(), resourceGroup: "" },
      scaleSetId.toLowerCase(),
      "resourceGroup is absent, not a string.",
    ],
    [
      "another type",
      { ...scaleSet(), type: "microsoft.compute/disks" },
      scaleSetId.toLowerCase(),
      "type is a string, not a kind of machine (microsoft.compute/disks).",
    ],
    [
      "a pool that is no text",
      { ...scaleSet(), pool: 3 },
      scaleSetId.toLowerCase(),
      "tags['aks-managed-poolName'] is a number, not a string.",
    ],
  ])("is a gap: %s", (_, row, scope, detail) => {
    expect(mapNodeMachine(row)).toEqual({ scope, reason: "malformed", detail, remedy: null });
  });

  it.each(["constructor", "__proto__"])("is a gap: the type %s, which every object has", (type) => {
    expect(mapNodeMachine({ ...scaleSet(), type })).toMatchObject({
      detail: `type is a string, not a kind of machine (${type}).`,
    });
  });
});

describe("an image's id", () => {
  it.each([
    [azureLinux3Id, "AKSAzureLinux-V3gen2-202609.15.0"],
    [
      "/CommunityGalleries/AKSUbuntu-38d80f77-467a-481f-a8d4-09b6d4220bd2/images/2204gen2containerd/versions/202504.22.0",
      "AKSUbuntu-2204gen2containerd-202504.22.0",
    ],
    ["/subscriptions/x/resourceGroups/y/providers/Microsoft.Compute/images/golden", null],
    ["", null],
  ])("%s is spelt as a pool's image version", (id, name) => {
    expect(nodeImageName(id)).toBe(name);
  });
});

function base(id: string, type: string) {
  return {
    id,
    name: id.split("/").at(-1),
    type: type.toLowerCase(),
    resourceGroup: "MC_Pay",
    subscriptionId: "11111111-1111-1111-1111-111111111111",
    pool: null,
  };
}

function scaleSet(changes: object = {}) {
  return {
    ...base(scaleSetId, "Microsoft.Compute/virtualMachineScaleSets"),
    pool: "sys",
    scaleSetImage: { id: azureLinux3Id },
    scaleSetOsType: "Linux",
    scaleSetInterfaces: [nic([{}])],
    ...changes,
  };
}

function machine(changes: object = {}) {
  return {
    ...base(machineId, "Microsoft.Compute/virtualMachines"),
    machineImage: {
      communityGalleryImageId:
        "/CommunityGalleries/AKSUbuntu-38d80f77-467a-481f-a8d4-09b6d4220bd2/images/2204gen2containerd/versions/202504.22.0",
    },
    machineOsType: "Linux",
    machineInterfaces: [{ id: interfaceId }],
    ...changes,
  };
}

function nic(configurations: readonly object[]) {
  return {
    name: "nic",
    properties: { ipConfigurations: configurations.map((properties) => ({ name: "ipconfig1", properties })) },
  };
}
