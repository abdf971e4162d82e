import type { ObservedCluster } from "../../application/ports.ts";
import { createTurnstile } from "../../application/turnstile.ts";
import { createPodTally, type PodTally } from "../../domain/pods/pod-tally.ts";
import { isSystemNamespace } from "../../domain/system-namespaces.ts";
import { isObject } from "../json-object.ts";
import { type Place, readList, readRequiredText, readText } from "../row.ts";
import { type ApiList, apiLists } from "./api/api-lists.ts";
import type { ApiReader } from "./api/api-reader.ts";
import { type Collector, type ListOutcome, readApiList } from "./api/read-api-list.ts";
import { at, readBlock } from "./objects/field.ts";
import { type MappedBinding, mapBinding } from "./objects/map-binding.ts";
import { mapPod } from "./objects/map-pod.ts";
import { mapRole, type RolePowers } from "./objects/map-role.ts";
import type { BlanketRule } from "./objects/policies/blanket-rule.ts";
import { mapCalicoPolicy } from "./objects/policies/calico-policy.ts";
import { mapCiliumPolicy } from "./objects/policies/cilium-policy.ts";
import { mapKubernetesPolicy } from "./objects/policies/kubernetes-policy.ts";

/** What was read of a cluster, list by list. */
export interface ClusterLists {
  /** Labels by namespace. */
  readonly namespaces: ListOutcome<ReadonlyMap<string, ReadonlyMap<string, string>>>;
  /** Of pods outside the system's namespaces. */
  readonly pods: ListOutcome<PodTally>;
  readonly policies: readonly ListOutcome<Gathered<BlanketRule>>[];
  readonly roles: readonly ListOutcome<Gathered<RolePowers>>[];
  readonly bindings: readonly ListOutcome<Gathered<MappedBinding>>[];
  /** Secrets that the driver keeps up, as `namespace/secret`. */
  readonly synced: ListOutcome<Gathered<string>>;
}

/** What objects were made of, and the namespaces of those that could not be read. */
export interface Gathered<T> {
  readonly all: readonly T[];
  readonly spoiled: ReadonlySet<string>;
  /** An object could not be read that is of no namespace, or nobody knows of which. */
  readonly isSpoiledEverywhere: boolean;
}

/** Lists of one cluster that are read at the same time. */
const mostAtOnce = 3;

export async function readClusterLists(reader: ApiReader, observed: ObservedCluster): Promise<ClusterLists> {
  const inTurn = createTurnstile(mostAtOnce);
  const read = <T>(list: ApiList, begin: () => Collector<T>) =>
    inTurn(() => readApiList(reader, observed.cluster.id, list, begin));
  const gathered = <T>(list: ApiList, map: (object: Place) => readonly T[]) => read(list, () => gather(map));
  const each =
    <T>(map: (object: Place) => T) =>
    (object: Place) => [map(object)];

  const [pods, namespaces, synced, policies, roles, bindings] = await Promise.all([
    read(apiLists.pods, collectPods),
    read(apiLists.namespaces, collectNamespaces),
    gathered(apiLists.secretProviderClasses, mapSyncedSecrets),
    Promise.all(policyListsOf(observed).map(({ list, map }) => gathered(list, map))),
    Promise.all([apiLists.clusterRoles, apiLists.roles].map((list) => gathered(list, each(mapRole)))),
    Promise.all(
      [apiLists.clusterRoleBindings, apiLists.roleBindings].map((list) => gathered(list, each(mapBinding))),
    ),
  ]);
  return { pods, namespaces, synced, policies, roles, bindings };
}

interface PolicyList {
  readonly list: ApiList;
  readonly map: (object: Place) => readonly BlanketRule[];
}

/**
 * An engine's policies count where that engine runs: their resources outlive it. A cluster that brings its own network,
 * or does not say what it has, may have either.
 */
function policyListsOf({ readings: { networkPolicy } }: ObservedCluster): readonly PolicyList[] {
  const facts = networkPolicy?.state === "collected" ? networkPolicy.value : null;
  const has = (engine: string) =>
    facts === null ||
    facts.plugin.value?.toLowerCase() === "none" ||
    [facts.engine, facts.dataplane].some(({ value }) => value.toLowerCase() === engine);
  return [
    { list: apiLists.networkPolicies, map: mapKubernetesPolicy },
    ...(has("cilium")
      ? [apiLists.ciliumPolicies, apiLists.ciliumClusterPolicies].map((list) => ({
          list,
          map: mapCiliumPolicy,
        }))
      : []),
    ...(has("calico")
      ? [apiLists.calicoPolicies, apiLists.calicoGlobalPolicies].map((list) => ({
          list,
          map: mapCalicoPolicy,
        }))
      : []),
  ];
}

function collectPods(): Collector<PodTally> {
  const tally = createPodTally();
  return {
    value: tally,
    take(object) {
      const namespace = readRequiredText(at(object, "metadata.namespace"));
      if (!isSystemNamespace(namespace)) tally.take(mapPod(object));
    },
  };
}

function collectNamespaces(): Collector<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const labels = new Map<string, ReadonlyMap<string, string>>();
  return {
    value: labels,
    take(object) {
      const entries = Object.entries(readBlock(at(object, "metadata.labels")) ?? {});
      labels.set(
        readRequiredText(at(object, "metadata.name")),
        new Map(entries.map(([key, value]) => [key, String(value)])),
      );
    },
  };
}

function gather<T>(map: (object: Place) => readonly T[]): Collector<Gathered<T>> {
  const all: T[] = [];
  const spoiled = new Set<string>();
  const value = { all, spoiled, isSpoiledEverywhere: false };
  return {
    value,
    take(object) {
      all.push(...map(object));
    },
    spoil(object) {
      const metadata = isObject(object) && isObject(object.metadata) ? object.metadata : {};
      if (typeof metadata.namespace === "string") spoiled.add(metadata.namespace);
      else value.isSpoiledEverywhere = true;
    },
  };
}

/** Secrets that a SecretProviderClass keeps up (https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret). */
function mapSyncedSecrets(object: Place): readonly string[] {
  const namespace = readText(at(object, "metadata.namespace")) ?? "";
  return (readList(at(object, "spec.secretObjects")) ?? []).map(
    (secret) => `${namespace}/${readRequiredText(at(secret, "secretName"))}`,
  );
}
