import { describe, expect, it } from "vitest";
import { completeSnapshot } from "../../src/application/complete-snapshot.ts";
import type { NodeMachine, ObservedCluster } from "../../src/application/ports.ts";
import { collected, type NodeAddress, type NodeImage, unavailable } from "../../src/domain/facts.ts";
import { gap, hardenedCluster, snapshot } from "../support/snapshot.ts";

const pool: NodeImage = {
  path: "properties.agentPoolProfiles[0].nodeImageVersion",
  name: "sys",
  pool: "sys",
  osType: "Linux",
  osSku: "AzureLinux3",
  imageVersion: "AKSAzureLinux-V3gen2-202611.09.0",
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

  it("have known images but unknown addresses without the scale set", () => {
    expect(states(cluster, [])).toEqual({ images: "collected", addresses: "partial" });
    expect(states(cluster, [nodeInterface, node])).toEqual({ images: "collected", addresses: "partial" });
    expect(states(cluster, "unread")).toEqual({ images: "collected", addresses: "partial" });
  });

  it("need a machine for a pool of machines, unless it has none", () => {
    const pools = [{ name: "vms", kind: "machines" as const, count: 2 }];
    expect(states(observed({ pools }), [scaleSet]).addresses).toBe("partial");
    const owned = { ...node, pool: "vms" };
    expect(states(observed({ pools }), [owned, nodeInterface]).addresses).toBe("collected");
    expect(
      states(observed({ pools: [{ name: "vms", kind: "machines", count: 0 }] }), [scaleSet]).addresses,
    ).toBe("collected");
  });
});

describe("nodes that no pool lists", () => {
  const cluster = observed({ unlistedNodes: "Nodes are auto-provisioned." });

  it("are judged by their own images and addresses", () => {
    const { nodeImages } = read(cluster, [scaleSet, node, nodeInterface]);
    expect(nodeImages).toMatchObject({ state: "collected", value: [{ name: "sys" }, { name: "vm-1" }] });
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
  return { images: nodeImages.state, addresses: nodeAddresses.state };
}

function read(cluster: ObservedCluster, machines: readonly NodeMachine[] | "unread") {
  return completeSnapshot(cluster, {
    machines: machines === "unread" ? unavailable(gap()) : collected(machines),
    defenderPlan: unavailable(gap()),
    asOf: "2026-11-21",
  }).readings;
}

interface Changes extends Partial<Pick<ObservedCluster, "unlistedNodes" | "pools">> {
  readonly images?: readonly NodeImage[];
  readonly addresses?: readonly NodeAddress[];
}

function observed({ images = [pool], addresses = [poolAddress], ...changes }: Changes): ObservedCluster {
  return {
    cluster: hardenedCluster,
    nodeResourceGroup: "mc_group",
    pools: [{ name: "sys", kind: "scaleSet", count: 3 }],
    unlistedNodes: null,
    ...changes,
    readings: { ...snapshot().readings, nodeImages: collected(images), nodeAddresses: collected(addresses) },
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
    networkInterfaceIds: [],
    attachedTo: null,
    ...parts,
  };
}

function address(name: string): NodeMachine["address"] {
  return collected({ path: name, name, pool: null, isPublic: false, observed: null });
}

function image(name: string): NodeMachine["image"] {
  return collected({ ...pool, path: name, name, pool: null });
}
