import { describe, expect, it } from "vitest";
import { completeSnapshot } from "../../src/application/complete-snapshot.ts";
import type { NodeMachine, ObservedCluster } from "../../src/application/ports.ts";
import type { NodeAddress, NodeImage } from "../../src/domain/node-facts.ts";
import { collected, unavailable } from "../../src/domain/reading.ts";
import { gap, hardenedCluster, snapshot } from "../support/snapshot.ts";

const v2 = "AKSAzureLinux-V2gen2-202512.06.0";
const v3 = "AKSAzureLinux-V3gen2-202611.09.0";
const pool: NodeImage = {
  path: "properties.agentPoolProfiles[0].nodeImageVersion",
  name: "sys",
  pool: "sys",
  osType: "Linux",
  osSku: "AzureLinux3",
  imageVersion: v3,
  kubernetesVersion: "1.35.6",
};
const poolAddress: NodeAddress = {
  path: "properties.agentPoolProfiles[0].enableNodePublicIP",
  name: "sys",
  pool: "sys",
  isPublic: false,
  observed: false,
};

const scaleSet = machine({
  id: "vmss-1",
  kind: "scaleSet",
  pool: "sys",
  address: address("vmss-1"),
  image: image("vmss-1"),
});
const node = machine({
  id: "vm-1",
  kind: "virtualMachine",
  image: image("vm-1"),
  networkInterfaceIds: ["nic-1"],
});
const nodeInterface = machine({
  id: "nic-1",
  kind: "networkInterface",
  address: address("nic-1"),
  attachedTo: "vm-1",
});

describe("the nodes of a cluster whose pools are all listed", () => {
  const cluster = observed({});

  it("are read when the scale set of each pool is seen", () => {
    expect(states(cluster, [scaleSet])).toEqual({ images: "collected", addresses: "collected" });
  });

  it("show an address only where the pool does not admit to it", () => {
    const shown = (isPool: boolean, isMachine: boolean) => {
      const listed = observed({ addresses: [{ ...poolAddress, isPublic: isPool }] });
      const own = { path: "vmss-1", name: "vmss-1", pool: "sys", isPublic: isMachine, observed: null };
      const { nodeAddresses } = read(listed, [{ ...scaleSet, address: collected(own) }]);
      return nodeAddresses?.state === "collected" ? nodeAddresses.value.map(({ name }) => name) : null;
    };
    expect(shown(false, false)).toEqual(["sys"]);
    expect(shown(true, true)).toEqual(["sys"]);
    expect(shown(true, false)).toEqual(["sys"]);
    expect(shown(false, true)).toEqual(["sys", "vmss-1"]);
  });

  it("leave the addresses partial when the scale set's own were not read", () => {
    const unread = { ...scaleSet, address: unavailable<NodeAddress>(gap()) };
    expect(states(cluster, [unread])).toEqual({ images: "collected", addresses: "partial" });
  });

  it("have known images but unknown addresses without the scale set", () => {
    expect(states(cluster, [])).toEqual({ images: "collected", addresses: "partial" });
    expect(states(cluster, [nodeInterface, node])).toEqual({ images: "collected", addresses: "partial" });
    expect(states(cluster, "unread")).toEqual({ images: "collected", addresses: "partial" });
  });

  it.each([
    ["a leftover machine that no pool lists", node, null],
    ["a leftover scale set that no pool lists", { ...scaleSet, id: "vmss-2", pool: "gone" }, null],
    ["a scale set that runs what its pool does not say", scaleSet, "AzureLinux3"],
    ["a second scale set of a pool", { ...scaleSet, id: "vmss-2", pool: "SYS" }, "AzureLinux3"],
  ])("do not hide the image of %s", (_, found, osSku) => {
    const machines = [scaleSet, { ...found, image: image(found.id, v2) }, nodeInterface];
    expect(read(cluster, machines).nodeImages).toMatchObject({
      state: "collected",
      value: [pool, { name: found.id, imageVersion: v2, osSku }],
    });
  });

  it("lend a machine no SKU that is only Azure's default", () => {
    const bare = { ...pool, imageVersion: null, osSku: "Ubuntu", isOsSkuImplied: true };
    const { nodeImages } = read(observed({ images: [bare] }), [scaleSet]);
    expect(nodeImages).toMatchObject({ value: [bare, { name: "vmss-1", osSku: null }] });
  });

  it("speak for machines whose image is the same, has no name or was not read", () => {
    const machines = [
      scaleSet,
      { ...scaleSet, id: "vmss-2", image: image("vmss-2", null) },
      { ...scaleSet, id: "vmss-3", image: unavailable<NodeImage>(gap()) },
      { ...node, image: unavailable<NodeImage>(gap()) },
      nodeInterface,
    ];
    expect(read(cluster, machines).nodeImages).toEqual(collected([pool]));
  });

  it("do not hide what machines run when their own images are unread", () => {
    const { nodeImages } = read(observed({ images: "unread" }), [
      { ...scaleSet, image: image("vmss-1", v2) },
    ]);
    expect(nodeImages).toMatchObject({
      state: "partial",
      value: [{ name: "vmss-1", imageVersion: v2, osSku: null }],
    });
  });

  it.each([
    ["no machine of three", 3, 0, "partial"],
    ["one machine of three", 3, 1, "partial"],
    ["all machines", 2, 2, "collected"],
    ["more machines than it counts", 1, 2, "collected"],
    ["no machine and counts none", 0, 0, "collected"],
    ["a machine and does not count", null, 1, "collected"],
    ["no machine and does not count", null, 0, "partial"],
  ])("of a pool of machines that shows %s: count %j, seen %d", (_, count, seen, state) => {
    const pools = [{ name: "vms", kind: "machines" as const, count }];
    const nodes = Array.from({ length: seen }, (_, index) => [
      { ...node, id: `vm-${index}`, pool: "VMs", networkInterfaceIds: [`nic-${index}`] },
      { ...nodeInterface, id: `nic-${index}`, attachedTo: `vm-${index}` },
    ]);
    expect(states(observed({ pools }), [scaleSet, ...nodes.flat()]).addresses).toBe(state);
  });
});

describe("nodes that no pool lists", () => {
  const cluster = observed({ unlistedNodes: "Nodes are auto-provisioned." });

  it("are judged by their own images and addresses", () => {
    const { nodeImages } = read(cluster, [scaleSet, node, nodeInterface]);
    expect(nodeImages).toMatchObject({ state: "collected", value: [{ name: "sys" }, { name: "vm-1" }] });
  });

  it("are judged beside the scale sets of listed pools", () => {
    const { nodeImages } = read(cluster, [{ ...scaleSet, image: image("vmss-1", v2) }, node, nodeInterface]);
    expect(nodeImages).toMatchObject({ value: [{ name: "sys" }, { name: "vmss-1" }, { name: "vm-1" }] });
  });

  it("leave the images partial when one of theirs was not read", () => {
    const unread = { ...node, image: unavailable<NodeImage>(gap()) };
    expect(states(cluster, [scaleSet, unread, nodeInterface]).images).toBe("partial");
  });

  it.each([
    ["nothing of the node group", []],
    ["interfaces alone", [nodeInterface]],
    ["a machine without its interface", [scaleSet, node]],
    ["an interface without its machine", [scaleSet, nodeInterface]],
    ["machines without the scale set of a pool", [node, nodeInterface]],
  ])("are not all read when there is %s to be seen", (_, machines) => {
    expect(states(cluster, machines)).toEqual({ images: "partial", addresses: "partial" });
  });

  it("are unknown when no pool is listed and no machine is read", () => {
    const empty = observed({ unlistedNodes: "No pool is listed.", pools: [], images: [], addresses: [] });
    expect(states(empty, "unread")).toEqual({ images: "unavailable", addresses: "unavailable" });
    expect(states(empty, [])).toEqual({ images: "unavailable", addresses: "unavailable" });
  });
});

function states(cluster: ObservedCluster, machines: readonly NodeMachine[] | "unread") {
  const { nodeImages, nodeAddresses } = read(cluster, machines);
  return { images: nodeImages?.state, addresses: nodeAddresses?.state };
}

function read(cluster: ObservedCluster, machines: readonly NodeMachine[] | "unread") {
  return completeSnapshot(cluster, {
    machines: machines === "unread" ? unavailable(gap()) : collected(machines),
    further: { defenderPlan: unavailable(gap()) },
    asOf: "2026-11-21",
  }).readings;
}

interface Changes extends Partial<Pick<ObservedCluster, "unlistedNodes" | "pools">> {
  readonly images?: readonly NodeImage[] | "unread";
  readonly addresses?: readonly NodeAddress[];
}

function observed({ images = [pool], addresses = [poolAddress], ...changes }: Changes): ObservedCluster {
  return {
    cluster: hardenedCluster,
    nodeResourceGroup: "mc_group",
    hasEntra: collected(true),
    pools: [{ name: "sys", kind: "scaleSet", count: 3 }],
    unlistedNodes: null,
    ...changes,
    readings: {
      ...snapshot().readings,
      nodeImages: images === "unread" ? unavailable(gap()) : collected(images),
      nodeAddresses: collected(addresses),
    },
  };
}

function machine(parts: Partial<NodeMachine> & Pick<NodeMachine, "id" | "kind">): NodeMachine {
  return {
    name: parts.id,
    subscriptionId: "s",
    resourceGroup: "mc_group",
    pool: null,
    address: null,
    image: null,
    principalIds: null,
    networkInterfaceIds: [],
    attachedTo: null,
    ...parts,
  };
}

function address(name: string): NodeMachine["address"] {
  return collected({ path: name, name, pool: null, isPublic: false, observed: null });
}

function image(name: string, imageVersion: string | null = v3): NodeMachine["image"] {
  return collected({ ...pool, path: name, name, pool: null, osSku: null, imageVersion });
}
