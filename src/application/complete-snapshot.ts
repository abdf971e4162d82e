import type { ClusterSnapshot } from "../domain/facts.ts";
import type { Gap } from "../domain/gap.ts";
import type { NodeAddress, NodeImage } from "../domain/node-facts.ts";
import { noParameters, type ProfileParameters } from "../domain/profile-parameters.ts";
import { collected, partial, type Reading, unavailable } from "../domain/reading.ts";
import type { FurtherReadings } from "./fact-source.ts";
import type { ListedPool, NodeMachine, ObservedCluster } from "./ports.ts";

/** What a snapshot needs beside the cluster's own row. */
export interface OtherReadings {
  /** Everything found in the cluster's node resource group. */
  readonly machines: Reading<readonly NodeMachine[]>;
  /** What other sources read of the cluster. */
  readonly further: FurtherReadings;
  /** YYYY-MM-DD */
  readonly asOf: string;
  /** Of the profile; none when left out. */
  readonly parameters?: ProfileParameters | undefined;
}

/** Joins a cluster's own readings with those of other sources into the snapshot controls judge. */
export function completeSnapshot(observed: ObservedCluster, others: OtherReadings): ClusterSnapshot {
  const { nodeImages, nodeAddresses, ...readings } = observed.readings;
  return {
    cluster: observed.cluster,
    readings: {
      ...readings,
      clock: collected({ asOf: others.asOf }),
      parameters: collected(others.parameters ?? noParameters),
      ...others.further,
      ...(nodeImages && { nodeImages: completeImages(observed, nodeImages, others.machines) }),
      ...(nodeAddresses && { nodeAddresses: completeAddresses(observed, nodeAddresses, others.machines) }),
    },
  };
}

/**
 * Listed pools speak for their nodes, so that machines which tell nothing keep none of them from passing; but
 * machines that run something else than their pool says count too. Nodes no pool lists are judged by their own images.
 */
function completeImages(
  observed: ObservedCluster,
  listed: Reading<readonly NodeImage[]>,
  machines: Reading<readonly NodeMachine[]>,
): Reading<readonly NodeImage[]> {
  const pools = listed.state === "unavailable" ? [] : listed.value;
  const isWholeList = observed.unlistedNodes === null;

  const found = machines.state === "unavailable" ? [] : machines.value;
  const images = found.map((machine) => {
    const pool = pools.find(({ name }) => isSamePool(name, machine.pool)) ?? null;
    const isSpokenFor = isWholeList || observed.pools.some(({ name }) => isSamePool(name, machine.pool));
    return isSpokenFor ? deviation(machine.image, pool) : machine.image;
  });
  return joined(listed, images, isWholeList ? null : machinesGap(observed, machines));
}

/** A machine's image that has a name, and another one than its pool's; where the name does not decide, the pool's SKU does. */
function deviation(image: Reading<NodeImage> | null, pool: NodeImage | null): Reading<NodeImage> | null {
  if (image === null || image.state === "unavailable") return null;
  const { imageVersion } = image.value;
  if (imageVersion === null || imageVersion === pool?.imageVersion) return null;
  const osSku = image.value.osSku ?? (pool === null || pool.isOsSkuImplied ? null : pool.osSku);
  return collected({ ...image.value, osSku });
}

/** A pool's profile may not admit to the public addresses its machines have: both are looked at, and where they agree the pool speaks for both. */
function completeAddresses(
  observed: ObservedCluster,
  listed: Reading<readonly NodeAddress[]>,
  machines: Reading<readonly NodeMachine[]>,
): Reading<readonly NodeAddress[]> {
  const pools = listed.state === "unavailable" ? [] : listed.value;
  const found = machines.state === "unavailable" ? [] : machines.value;
  const addresses = found.map(({ pool, address }) =>
    undeclared(
      address,
      pools.find(({ name }) => isSamePool(name, pool)),
    ),
  );
  return joined(listed, addresses, machinesGap(observed, machines));
}

/** A machine's address unless its pool says as much. */
function undeclared(
  address: Reading<NodeAddress> | null,
  pool: NodeAddress | undefined,
): Reading<NodeAddress> | null {
  if (address === null || address.state !== "collected" || pool === undefined) return address;
  return address.value.isPublic && !pool.isPublic ? address : null;
}

function joined<T>(
  listed: Reading<readonly T[]>,
  more: readonly (Reading<T> | null)[],
  gap: Gap | null,
): Reading<readonly T[]> {
  const values = [...(listed.state === "unavailable" ? [] : listed.value)];
  let first = listed.state === "collected" ? gap : listed.gap;
  for (const reading of more) {
    if (reading === null) continue;
    if (reading.state !== "unavailable") values.push(reading.value);
    if (reading.state !== "collected") first ??= reading.gap;
  }
  if (first === null) return collected(values);
  return values.length === 0 ? unavailable(first) : partial(values, first);
}

/** Why the machines that were found may not be all there are, or null. */
function machinesGap(observed: ObservedCluster, machines: Reading<readonly NodeMachine[]>): Gap | null {
  if (machines.state !== "collected") return machines.gap;
  // Whoever may see no machine at all is shown an empty group: that proves nothing.
  if (machines.value.some(({ kind }) => kind !== "networkInterface"))
    return missingMachine(observed, machines.value);
  const group = observed.nodeResourceGroup ?? "(not named)";
  return missing(observed, `no machine of the node resource group ${group} is to be seen`);
}

/** For a pass every pool needs its scale set or all its machines, every machine its network interfaces, and every interface its machine. */
function missingMachine(observed: ObservedCluster, found: readonly NodeMachine[]): Gap | null {
  for (const pool of observed.pools) {
    const unseen = unseenOf(pool, found);
    if (unseen !== null) return missing(observed, `${unseen} of pool ${pool.name} cannot be seen`);
  }
  if (found.every(({ kind }) => kind === "scaleSet")) return null;
  const ids = new Set(found.map(({ id }) => id));
  for (const { name, networkInterfaceIds, attachedTo } of found) {
    const unseen = networkInterfaceIds.find((id) => !ids.has(id));
    if (unseen !== undefined)
      return missing(observed, `network interface ${unseen} of machine ${name} cannot be seen`);
    if (attachedTo !== null && !ids.has(attachedTo))
      return missing(observed, `machine ${attachedTo} of network interface ${name} cannot be seen`);
  }
  return null;
}

/** The count may lag behind machines that come and go; until it agrees, that some were not seen is the honest side. */
function unseenOf({ name, kind, count }: ListedPool, found: readonly NodeMachine[]): string | null {
  const own = found.filter(({ pool }) => isSamePool(name, pool));
  if (kind === "scaleSet") return own.some((one) => one.kind === "scaleSet") ? null : "the scale set";
  const seen = own.filter((one) => one.kind === "virtualMachine").length;
  if (seen >= (count ?? 1)) return null;
  return seen === 0 ? "the machines" : `${(count ?? 1) - seen} of the ${count} machines`;
}

function missing({ cluster }: ObservedCluster, what: string): Gap {
  return {
    scope: cluster.id,
    reason: "incomplete",
    detail: `Resource Graph shows only part of the nodes: ${what}.`,
    remedy: "Grant the monitor the role Reader on the node resource group.",
  };
}

function isSamePool(a: string | null, b: string | null): boolean {
  if (a === b) return a !== null;
  return a !== null && b !== null && a.length === b.length && a.toLowerCase() === b.toLowerCase();
}
