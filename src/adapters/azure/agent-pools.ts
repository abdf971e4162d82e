import type { ListedPool, PoolKind } from "../../application/ports.ts";
import type { Gap } from "../../domain/gap.ts";
import type { NodeAddress, NodeImage } from "../../domain/node-facts.ts";
import { collected, partial, type Reading, unavailable } from "../../domain/reading.ts";
import { isObject } from "../json-object.ts";
import {
  at,
  MalformedPropertyError,
  type Place,
  readBoolean,
  readingOf,
  readList,
  readNumber,
  readText,
} from "../row.ts";

/** The pools a cluster lists, by what can be told of each. */
export interface AgentPools {
  readonly listed: readonly ListedPool[];
  /** Every entry of the list, readable or not. */
  readonly places: readonly Place[];
  readonly images: Reading<readonly NodeImage[]>;
  readonly addresses: Reading<readonly NodeAddress[]>;
  /** Why the list itself could not be read, or null. */
  readonly unread: Gap | null;
  /** It names no pool at all, readable or not. */
  readonly isEmpty: boolean;
}

/** Reads `properties.agentPoolProfiles`: each pool by itself, image and addresses apart, so that one broken property hides nothing else. */
export function mapAgentPools(scope: string, place: Place): AgentPools {
  const list = readingOf(scope, () => readList(place) ?? []);
  if (list.state === "unavailable") {
    return {
      listed: [],
      places: [],
      images: unavailable(list.gap),
      addresses: unavailable(list.gap),
      unread: list.gap,
      isEmpty: false,
    };
  }
  return {
    listed: list.value.flatMap((pool) => mapListed(scope, pool)),
    places: list.value,
    images: gather(list.value.map((pool) => readingOf(scope, () => mapImage(pool)))),
    addresses: gather(list.value.map((pool) => readingOf(scope, () => mapAddress(pool)))),
    unread: null,
    isEmpty: list.value.length === 0,
  };
}

/** A pool whose name, kind or count cannot be read is left out; where that matters its address is unread too. */
function mapListed(scope: string, pool: Place): readonly ListedPool[] {
  const listed = readingOf(scope, () => ({
    name: readName(pool),
    kind: readKind(pool),
    count: readNumber(at(pool, "count")),
  }));
  return listed.state === "collected" ? [listed.value] : [];
}

/**
 * Absent, `osType` is Linux and `osSKU` is Ubuntu on Linux, as the API's own description of the property says
 * (`@azure/arm-containerservice`, `AgentPool.osSKU`); the other properties have no documented default. An image's
 * name tells what really runs, so beside one the default, which is about what Azure would choose, says nothing.
 */
function mapImage(pool: Place): NodeImage {
  const name = readName(pool);
  const sku = at(pool, "osSKU");
  const image = at(pool, "nodeImageVersion");
  const osType = readText(at(pool, "osType")) ?? "Linux";
  const osSku = readText(sku);
  const imageVersion = readText(image);
  const isOsSkuImplied = osSku === null && imageVersion === null && osType.toLowerCase() === "linux";
  return {
    // What the image is told by: its name, or the SKU where it has none.
    path: imageVersion === null ? sku.path : image.path,
    name,
    pool: name,
    osType,
    ...(isOsSkuImplied ? { osSku: "Ubuntu", isOsSkuImplied } : { osSku }),
    imageVersion,
    kubernetesVersion:
      readText(at(pool, "currentOrchestratorVersion")) ?? readText(at(pool, "orchestratorVersion")),
  };
}

/** No public addresses when both properties are absent; a prefix implies them (https://learn.microsoft.com/rest/api/aks/managed-clusters/get). */
function mapAddress(pool: Place): NodeAddress {
  const name = readName(pool);
  const own = at(pool, "enableNodePublicIP");
  const prefix = at(pool, "nodePublicIPPrefixID");
  const isEnabled = readBoolean(own);
  const prefixId = readText(prefix);
  // Without its kind and count, nobody can tell whether all of the pool's machines were seen.
  readKind(pool);
  readNumber(at(pool, "count"));
  if (isEnabled !== true && prefixId !== null)
    return { path: prefix.path, name, pool: name, isPublic: true, observed: prefixId };
  return { path: own.path, name, pool: name, isPublic: isEnabled === true, observed: isEnabled };
}

/** @throws MalformedPropertyError */
export function readName(pool: Place): string {
  if (!isObject(pool.value)) throw new MalformedPropertyError(pool.path, pool.value, "an object");
  const place = at(pool, "name");
  const name = readText(place);
  if (name === null) throw new MalformedPropertyError(place.path, undefined, "a string");
  return name;
}

const kinds: ReadonlyMap<string, PoolKind> = new Map([
  ["virtualmachinescalesets", "scaleSet"],
  ["availabilityset", "machines"],
  ["virtualmachines", "machines"],
]);

/** Scale sets when absent, as AKS itself has made pools by default since 2019. */
function readKind(pool: Place): PoolKind {
  const place = at(pool, "type");
  const type = readText(place);
  if (type === null) return "scaleSet";
  const kind = kinds.get(type.toLowerCase());
  if (kind === undefined)
    throw new MalformedPropertyError(place.path, type, `a kind of pool this version knows (${type})`);
  return kind;
}

/** Readings of several places as one: those that could be read, and the first gap of the others. */
export function gather<T>(readings: readonly Reading<T>[]): Reading<readonly T[]> {
  const values = readings.flatMap((reading) => (reading.state === "unavailable" ? [] : [reading.value]));
  const gap = readings.flatMap((reading) => (reading.state === "collected" ? [] : [reading.gap]))[0];
  if (gap === undefined) return collected(values);
  return values.length === 0 ? unavailable(gap) : partial(values, gap);
}
