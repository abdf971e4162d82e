import type { FurtherReadings } from "../../application/fact-source.ts";
import type { ObservedCluster } from "../../application/ports.ts";
import type { Gap } from "../../domain/gap.ts";
import type {
  Inspected,
  KubernetesBindings,
  NamespaceIsolation,
  SecretUses,
} from "../../domain/inspection.ts";
import { collected, partial, type Reading, unavailable } from "../../domain/reading.ts";
import { isSystemNamespace } from "../../domain/system-namespaces.ts";
import { apiLists } from "./api/api-lists.ts";
import type { ApiReader } from "./api/api-reader.ts";
import { type ClusterLists, readClusterLists } from "./cluster-lists.ts";
import { leansOnAdminGroups, powersByRole, selectBindings } from "./objects/bindings.ts";
import { rulesMeaning } from "./objects/policies/blanket-rule.ts";

/** Reads everything there is to tell of a cluster; what is refused of it hides nothing else. Never throws SourceError. */
export async function inspectCluster(reader: ApiReader, observed: ObservedCluster): Promise<FurtherReadings> {
  const lists = await readClusterLists(reader, observed);
  const { pods } = lists;
  return {
    namespaceIsolation: isolationIn(lists, observed),
    kubernetesBindings: bindingsIn(lists, observed),
    environmentSecrets: readingOf(pods.value?.environmentSecrets() ?? null, [pods]),
    mountedSecrets: mountedIn(lists),
    podImages: readingOf(pods.value?.images() ?? null, [pods]),
    inspectedWorkloads: readingOf(pods.value?.look(apiLists.pods.path) ?? null, [pods]),
  };
}

/** Whole when nothing of the lists is missing; of null nothing holds by itself. */
function readingOf<T>(
  value: T | null,
  lists: readonly { readonly gap: Gap | null }[],
): Reading<Inspected<T>> {
  const gap = lists.map((list) => list.gap).find((one) => one !== null);
  if (value !== null) {
    const inspected = { state: "inspected", value } as const;
    return gap === undefined ? collected(inspected) : partial(inspected, gap);
  }
  if (gap === undefined) throw new Error("Something was not read, and nothing says why.");
  return unavailable(gap);
}

/**
 * Without every policy nobody knows what a namespace lacks; one that cannot be read leaves out its namespace, or all. A
 * namespace that came after the namespaces were listed is left out as well: which policies mean it hangs on its labels.
 */
function isolationIn(
  { namespaces, pods, policies }: ClusterLists,
  { cluster }: ObservedCluster,
): Reading<Inspected<readonly NamespaceIsolation[]>> {
  const lists = [namespaces, pods, ...policies];
  const read = policies.flatMap(({ value }) => value ?? []);
  const labels = namespaces.value;
  const isAnyUnknown = read.length < policies.length || read.some((one) => one.isSpoiledEverywhere);
  if (!pods.value || !labels || isAnyUnknown) return readingOf<readonly NamespaceIsolation[]>(null, lists);
  const rules = read.flatMap(({ all }) => all);
  const counts = pods.value.networkedPods();
  const isolated = [...labels]
    .filter(([name]) => !isSystemNamespace(name) && !read.some(({ spoiled }) => spoiled.has(name)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, ofNamespace]) => ({
      name,
      pods: counts.get(name) ?? 0,
      policies: rulesMeaning({ name, labels: ofNamespace }, rules),
    }));
  const unlisted = [...counts.keys()].filter((name) => !isSystemNamespace(name) && !labels.has(name)).sort();
  return readingOf(isolated, [
    ...lists,
    { gap: unlisted.length > 0 ? unlistedGap(cluster.id, unlisted) : null },
  ]);
}

function unlistedGap(scope: string, names: readonly string[]): Gap {
  return {
    scope,
    reason: "incomplete",
    detail: `Pods run in ${names.join(", ")}, and the list of namespaces does not have it: it came while the cluster was read.`,
    remedy: null,
  };
}

/** The bindings that are known stand; of a role that is not known, those powers that its name alone tells. */
function bindingsIn(
  { roles, bindings }: ClusterLists,
  { readings }: ObservedCluster,
): Reading<Inspected<KubernetesBindings>> {
  const lists = [...bindings, ...roles];
  if (bindings.every(({ value }) => value === null)) return readingOf<KubernetesBindings>(null, lists);
  const all = bindings.flatMap(({ value }) => value?.all ?? []);
  // Where nobody asked for the groups, none of them is the cluster's own.
  const { adminGroups = collected({ ids: { value: [] } }) } = readings;
  const selected = selectBindings(
    all,
    powersByRole(roles.flatMap(({ value }) => value?.all ?? [])),
    adminGroups.state === "collected" ? adminGroups.value.ids.value : null,
  );
  const isInDoubt = adminGroups.state !== "collected" && all.some(leansOnAdminGroups);
  return readingOf(selected, isInDoubt ? [...lists, adminGroups] : lists);
}

/** Where nobody knows what the driver keeps up, a mounted Secret proves nothing. */
function mountedIn({ pods, synced }: ClusterLists): Reading<Inspected<SecretUses>> {
  const { value } = synced;
  const known = new Set(value?.all);
  const isSynced = (namespace: string, secret: string) =>
    value === null ||
    value.isSpoiledEverywhere ||
    value.spoiled.has(namespace) ||
    known.has(`${namespace}/${secret}`);
  return readingOf(pods.value?.mountedSecrets(isSynced) ?? null, pods.value ? [pods, synced] : [pods]);
}
