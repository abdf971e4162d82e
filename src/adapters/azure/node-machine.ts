import type { NodeMachine } from "../../application/ports.ts";
import type { Gap } from "../../domain/gap.ts";
import type { NodeAddress, NodeImage } from "../../domain/node-facts.ts";
import { unavailable } from "../../domain/reading.ts";
import { isObject } from "../json-object.ts";
import {
  at,
  MalformedPropertyError,
  malformedGap,
  type Place,
  readingOf,
  readList,
  readObject,
  readText,
} from "../row.ts";
import { nodeImageName } from "./node-image-name.ts";

type Kind = NodeMachine["kind"];

const kinds: ReadonlyMap<string, Kind> = new Map([
  ["microsoft.compute/virtualmachinescalesets", "scaleSet"],
  ["microsoft.compute/virtualmachines", "virtualMachine"],
  ["microsoft.network/networkinterfaces", "networkInterface"],
]);

/** The properties behind the query's columns. */
const paths = {
  scaleSetImage: "properties.virtualMachineProfile.storageProfile.imageReference",
  scaleSetOsType: "properties.virtualMachineProfile.storageProfile.osDisk.osType",
  scaleSetInterfaces: "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations",
  machineImage: "properties.storageProfile.imageReference",
  machineOsType: "properties.storageProfile.osDisk.osType",
  machineInterfaces: "properties.networkProfile.networkInterfaces",
  ipConfigurations: "properties.ipConfigurations",
  attachedTo: "properties.virtualMachine.id",
  pool: "tags['aks-managed-poolName']",
} as const;

type Identity = Pick<NodeMachine, "id" | "kind" | "name" | "subscriptionId" | "resourceGroup" | "pool">;

/** Reads a row of `machinesQuery`; a gap when it is not to be told whose machine it is. */
export function mapNodeMachine(row: unknown): NodeMachine | Gap {
  return mapRow(row, false);
}

/** Reads a row of `machinesWithIdentitiesQuery`, which tells its identities too. */
export function mapMachineWithIdentities(row: unknown): NodeMachine | Gap {
  return mapRow(row, true);
}

function mapRow(row: unknown, tellsIdentities: boolean): NodeMachine | Gap {
  const root: Place = { path: "", value: row };
  try {
    const identity = mapIdentity(root);
    const principalIds =
      tellsIdentities && identity.kind !== "networkInterface"
        ? readingOf(identity.id, () => mapPrincipals(at(root, "identity")))
        : null;
    switch (identity.kind) {
      case "scaleSet":
        return machine(identity, {
          principalIds,
          address: readingOf(identity.id, () => mapScaleSetAddress(identity, root)),
          image: readingOf(identity.id, () =>
            mapImage(identity, column(root, "scaleSetImage"), column(root, "scaleSetOsType")),
          ),
        });
      case "virtualMachine":
        return mapVirtualMachine(identity, root, principalIds);
      case "networkInterface":
        return machine(identity, {
          address: readingOf(identity.id, () => mapInterfaceAddress(identity, root)),
          attachedTo: readText(column(root, "attachedTo"))?.toLowerCase() ?? null,
        });
      default:
        return identity.kind satisfies never;
    }
  } catch (error) {
    return malformedGap(scopeOf(row), error);
  }
}

/** `aks-managed-poolName` is the tag AKS gives scale sets and machines of listed pools; auto-provisioned nodes bear Karpenter's. */
function mapIdentity(root: Place): Identity {
  if (!isObject(root.value)) throw new MalformedPropertyError("The row", root.value, "an object");
  const type = requireText(at(root, "type"));
  const kind = kinds.get(type.toLowerCase());
  if (kind === undefined) throw new MalformedPropertyError("type", type, `a kind of machine (${type})`);
  return {
    id: requireText(at(root, "id")).toLowerCase(),
    kind,
    name: requireText(at(root, "name")),
    subscriptionId: requireText(at(root, "subscriptionId")).toLowerCase(),
    resourceGroup: requireText(at(root, "resourceGroup")).toLowerCase(),
    pool: readText(column(root, "pool")),
  };
}

/** A machine whose interfaces are unknown may have any address: that is its own unread address, since no interface answers for it. */
function mapVirtualMachine(
  identity: Identity,
  root: Place,
  principalIds: NodeMachine["principalIds"],
): NodeMachine {
  const interfaces = readingOf(identity.id, () =>
    requireEntries(column(root, "machineInterfaces")).map((one) => requireText(at(one, "id")).toLowerCase()),
  );
  return machine(identity, {
    principalIds,
    address: interfaces.state === "unavailable" ? unavailable(interfaces.gap) : null,
    image: readingOf(identity.id, () =>
      mapImage(identity, column(root, "machineImage"), column(root, "machineOsType")),
    ),
    networkInterfaceIds: interfaces.state === "unavailable" ? [] : interfaces.value,
  });
}

/** Property by property, which is several times faster than spreading: there are more machines than anything else. */
function machine(
  { id, kind, name, subscriptionId, resourceGroup, pool }: Identity,
  {
    address = null,
    image = null,
    principalIds = null,
    networkInterfaceIds = [],
    attachedTo = null,
  }: Partial<NodeMachine>,
): NodeMachine {
  return {
    id,
    kind,
    name,
    subscriptionId,
    resourceGroup,
    pool,
    address,
    image,
    principalIds,
    networkInterfaceIds,
    attachedTo,
  };
}

/** Lower case. A machine without identity has no such block, and one that has an identity names it. */
function mapPrincipals(identity: Place): readonly string[] {
  const own = readText(at(identity, "principalId"));
  const assigned = at(identity, "userAssignedIdentities");
  const names = Object.entries(readObject(assigned) ?? {}).map(([id, value]) =>
    requireText({
      path: `${assigned.path}['${id}'].principalId`,
      value: at({ path: id, value }, "principalId").value,
    }),
  );
  return [...(own === null ? [] : [own]), ...names].map((id) => id.toLowerCase());
}

/** The addresses of a scale set's machines are no resources of their own: its network profile alone tells of them. */
function mapScaleSetAddress(identity: Identity, root: Place): NodeAddress {
  const configurations: Place[] = [];
  for (const one of requireEntries(column(root, "scaleSetInterfaces")))
    configurations.push(...requireEntries(at(one, "properties.ipConfigurations")));
  return mapAddress(identity, configurations, "publicIPAddressConfiguration", "name");
}

function mapInterfaceAddress(identity: Identity, root: Place): NodeAddress {
  return mapAddress(identity, requireEntries(column(root, "ipConfigurations")), "publicIPAddress", "id");
}

/** `observed` names the public addresses; null when there are none. A configuration without properties tells of none either way. */
function mapAddress(
  { id, name, pool }: Identity,
  configurations: readonly Place[],
  property: string,
  label: string,
): NodeAddress {
  const addresses: string[] = [];
  for (const configuration of configurations) {
    const properties = at(configuration, "properties");
    if (readObject(properties) === null)
      throw new MalformedPropertyError(properties.path, undefined, "an object");
    const address = readObject(at(properties, property));
    if (address === null) continue;
    const text = address[label];
    addresses.push(typeof text === "string" ? text : "(without a name)");
  }
  return {
    path: id,
    name,
    pool,
    isPublic: addresses.length > 0,
    observed: addresses.length > 0 ? addresses : null,
  };
}

/** An image from elsewhere than a gallery has no name to judge by; an absent one was not read. */
function mapImage({ id, name, pool }: Identity, reference: Place, osType: Place): NodeImage {
  if (readObject(reference) === null)
    throw new MalformedPropertyError(reference.path, undefined, "an image reference");
  return {
    path: id,
    name,
    pool,
    osType: readText(osType),
    osSku: null,
    imageVersion: mapImageName(reference),
    kubernetesVersion: null,
  };
}

/** All are looked at, so that a malformed one is not passed over. */
function mapImageName(reference: Place): string | null {
  let name: string | null = null;
  for (const key of ["id", "communityGalleryImageId", "sharedGalleryImageId"]) {
    const id = readText(at(reference, key));
    if (id !== null) name ??= nodeImageName(id);
  }
  return name;
}

/** A column of the row under the name of the property it holds. */
function column(root: Place, name: keyof typeof paths): Place {
  return { path: paths[name], value: at(root, name).value };
}

function requireText(place: Place): string {
  const text = readText(place);
  if (text === null) throw new MalformedPropertyError(place.path, undefined, "a string");
  return text;
}

/** A list with at least one entry: an empty one would prove nothing about addresses. */
function requireEntries(place: Place): readonly Place[] {
  const entries = readList(place);
  if (entries === null || entries.length === 0)
    throw new MalformedPropertyError(place.path, undefined, "a list");
  for (const { path, value } of entries)
    if (!isObject(value)) throw new MalformedPropertyError(path, value, "an object");
  return entries;
}

/** Lower case; the most that can be told of where a broken row belongs, `/` when it may be anywhere. */
function scopeOf(row: unknown): string {
  if (!isObject(row)) return "/";
  if (typeof row.id === "string" && row.id !== "") return row.id.toLowerCase();
  return typeof row.subscriptionId === "string" && row.subscriptionId !== ""
    ? `/subscriptions/${row.subscriptionId.toLowerCase()}`
    : "/";
}
