import { managedClusterProperties } from "../cluster-properties.ts";
import { nodeGroupOf } from "../cluster-rows.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import type { ClusterInside, RawObject } from "../world.ts";
import { accessObjects } from "./binding-objects.ts";
import type { InsideSpec, NamespaceSpec, PolicyName, WorkloadSpec } from "./inside-spec.ts";
import { clusterPolicy, networkPolicy } from "./network-policy-objects.ts";
import { offendingNamespaces } from "./offending-pods.ts";
import { podsOf } from "./pod-objects.ts";
import { secretProviderClass, vaultVolume } from "./secret-class-objects.ts";
import { namespaceObject, systemNamespaceObjects, systemPods } from "./system-objects.ts";

/** What every namespace in order has: nothing passes but looking names up, and the web. */
const usualPolicies: readonly PolicyName[] = ["default-deny", "allow-dns", "allow-web"];

const access = "/apis/rbac.authorization.k8s.io/v1";
const secretClasses = "/apis/secrets-store.csi.x-k8s.io/v1/secretproviderclasses";
const cilium = "/apis/cilium.io/v2";
const calico = "/apis/crd.projectcalico.org/v1";

/** What takes more than the built-in role Azure Kubernetes Service RBAC Reader. */
const ownRoleLists = [
  ...["roles", "clusterroles", "rolebindings", "clusterrolebindings"].map((kind) => `${access}/${kind}`),
  secretClasses,
  `${cilium}/ciliumnetworkpolicies`,
  `${cilium}/ciliumclusterwidenetworkpolicies`,
  `${calico}/networkpolicies`,
  `${calico}/globalnetworkpolicies`,
];

/** Makes what is inside a cluster, from its spec alone. */
export function clusterInside(spec: ClusterSpec): ClusterInside {
  const inside: InsideSpec = spec.inside ?? {};
  const team = teamOf(spec);
  const hasDriver = isOn(propertiesOf(spec).addonProfiles, "azurekeyvaultsecretsprovider");
  const namespaces = namespacesOf(spec, team);
  const { roles, clusterRoles, roleBindings, clusterRoleBindings } = accessObjects(
    team,
    administratorsOf(spec),
    inside.bindings,
  );
  const pods = namespaces.flatMap(({ name, workloads = teamWorkloads(hasDriver) }) =>
    workloads.flatMap((workload) => podsOf(name, workload)),
  );
  return {
    way: wayTo(spec),
    isCredentialRefused: inside.isCredentialRefused ?? false,
    refused: refusedBy(inside),
    lists: {
      "/api/v1/namespaces": [
        ...systemNamespaceObjects(),
        ...new Set(["default", ...namespaces.map(({ name }) => name)]),
      ].map((one) => (typeof one === "string" ? namespaceObject(one) : one)),
      "/api/v1/pods": [...systemPods(), ...pods],
      "/apis/networking.k8s.io/v1/networkpolicies": namespaces.flatMap(({ name, policies = usualPolicies }) =>
        policies.map((policy) => networkPolicy(name, policy)),
      ),
      [`${access}/roles`]: roles,
      [`${access}/clusterroles`]: clusterRoles,
      [`${access}/rolebindings`]: roleBindings,
      [`${access}/clusterrolebindings`]: clusterRoleBindings,
      ...(hasDriver && {
        [secretClasses]: [
          secretProviderClass(team, "web-secrets"),
          secretProviderClass(team, "store-certificate", "store-tls"),
        ],
      }),
      ...engineLists(spec),
    },
  };
}

/** The team's word in the cluster's name, such as `pay` in `aks-pay-prod-weu-01`. */
function teamOf({ name }: ClusterSpec): string {
  return name.split("-")[1] ?? name;
}

/** The team's own namespace, those with offenders, and those that the spec says more of. */
function namespacesOf(spec: ClusterSpec, team: string): readonly NamespaceSpec[] {
  const own: NamespaceSpec = { name: team, ...(spec.inside?.isEmpty && { policies: [], workloads: [] }) };
  const byName = new Map([[team, own]]);
  for (const one of [...offendingNamespaces(spec), ...(spec.inside?.namespaces ?? [])]) {
    const known = byName.get(one.name);
    const workloads = [...(known?.workloads ?? []), ...(one.workloads ?? [])];
    byName.set(one.name, { ...known, ...one, ...(workloads.length > 0 && { workloads }) });
  }
  return [...byName.values()];
}

function teamWorkloads(hasDriver: boolean): readonly WorkloadSpec[] {
  return [
    {
      kind: "Deployment",
      name: "web",
      replicas: 2,
      volumes: hasDriver ? [vaultVolume("web-secrets")] : [],
    },
    { kind: "CronJob", name: "report" },
    ...(hasDriver ? [store] : []),
  ];
}

/** Mounts a Secret that the driver keeps up. */
const store: WorkloadSpec = {
  kind: "StatefulSet",
  name: "store",
  volumes: [
    vaultVolume("store-certificate"),
    { name: "tls", secret: { secretName: "store-tls", defaultMode: 420 } },
    { name: "data", persistentVolumeClaim: { claimName: "data-store-0" } },
  ],
};

function refusedBy({ refused }: InsideSpec): readonly string[] {
  if (refused === undefined) return [];
  return refused === "everything" ? ["*"] : ownRoleLists;
}

function wayTo(spec: ClusterSpec): NonNullable<ClusterInside["way"]> {
  const { powerState, apiServerAccessProfile } = propertiesOf(spec);
  if (spec.inside?.isClosed || textAt(powerState, "code") === "Stopped") return "closed";
  const isPrivate = valueAt(apiServerAccessProfile, "enablePrivateCluster") === true;
  return isPrivate && !spec.inside?.isPeered ? "unresolved" : "open";
}

/** Lists of the engine's own policies, where its resources are installed. */
function engineLists(spec: ClusterSpec): Readonly<Record<string, readonly RawObject[]>> {
  const { networkProfile } = propertiesOf(spec);
  const policies = (spec.inside?.clusterPolicies ?? []).map(clusterPolicy);
  if (textAt(networkProfile, "networkDataplane") === "cilium") {
    return {
      [`${cilium}/ciliumnetworkpolicies`]: [],
      [`${cilium}/ciliumclusterwidenetworkpolicies`]: policies,
    };
  }
  if (textAt(networkProfile, "networkPolicy") === "calico") {
    return { [`${calico}/networkpolicies`]: [], [`${calico}/globalnetworkpolicies`]: policies };
  }
  return {};
}

/** Groups of Entra that AKS makes administrators. */
function administratorsOf(spec: ClusterSpec): readonly string[] {
  const ids = valueAt(propertiesOf(spec).aadProfile, "adminGroupObjectIDs");
  return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
}

/** `properties` as the cluster's row has them. */
function propertiesOf(spec: ClusterSpec): RawObject {
  const own = { ...managedClusterProperties(spec, nodeGroupOf(spec)), ...spec.properties };
  const lacking = Object.keys(own).filter((key) => spec.without?.includes(key));
  return Object.fromEntries(Object.entries(own).filter(([key]) => !lacking.includes(key)));
}

function valueAt(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function textAt(value: unknown, key: string): string {
  const found = valueAt(value, key);
  return typeof found === "string" ? found : "";
}

/** Whether an add-on is on, whatever casing its key has. */
function isOn(addons: unknown, key: string): boolean {
  if (typeof addons !== "object" || addons === null) return false;
  const found = Object.entries(addons).find(([name]) => name.toLowerCase() === key)?.[1];
  return valueAt(found, "enabled") === true;
}
