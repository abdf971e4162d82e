import type { RolePower } from "../../../domain/access.ts";

/** One of the permissions of a role definition, its patterns in lower case. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

/** Operations of which a role with a power allows at least one (https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations). */
const operations: readonly (readonly [power: RolePower, operation: string])[] = [
  ["roleAssignments", "microsoft.authorization/roleassignments/write"],
  ["clusterAdmin", "microsoft.containerservice/managedclusters/listclusteradmincredential/action"],
  ["clusterAdmin", "microsoft.containerservice/managedclusters/accessprofiles/listcredential/action"],
  ["clusterAdmin", "microsoft.containerservice/managedclusters/runcommand/action"],
  ["clusterWrite", "microsoft.containerservice/managedclusters/write"],
  ["machines", "microsoft.compute/virtualmachinescalesets/write"],
  ["machines", "microsoft.compute/virtualmachinescalesets/extensions/write"],
  ["machines", "microsoft.compute/virtualmachinescalesets/virtualmachines/write"],
  ["machines", "microsoft.compute/virtualmachinescalesets/virtualmachines/runcommand/action"],
  ["machines", "microsoft.compute/virtualmachinescalesets/virtualmachines/runcommands/write"],
  ["machines", "microsoft.compute/virtualmachines/write"],
  ["machines", "microsoft.compute/virtualmachines/extensions/write"],
  ["machines", "microsoft.compute/virtualmachines/runcommand/action"],
  ["machines", "microsoft.compute/virtualmachines/runcommands/write"],
  ["registryPush", "microsoft.containerregistry/registries/push/write"],
];

/** The same among data actions. Whoever may write any kind of object that runs pods, or rights, holds the namespace. */
const dataOperations: readonly (readonly [power: RolePower, operation: string])[] = [
  ...["managedclusters", "fleets/members"].flatMap((kind) =>
    [
      "pods/write",
      "pods/exec/action",
      "replicationcontrollers/write",
      "apps/deployments/write",
      "apps/daemonsets/write",
      "apps/replicasets/write",
      "apps/statefulsets/write",
      "batch/jobs/write",
      "batch/cronjobs/write",
      "secrets/write",
      "rbac.authorization.k8s.io/roles/write",
      "rbac.authorization.k8s.io/rolebindings/write",
      "rbac.authorization.k8s.io/clusterroles/write",
      "rbac.authorization.k8s.io/clusterrolebindings/write",
    ].map((operation) => ["clusterData", `microsoft.containerservice/${kind}/${operation}`] as const),
  ),
  ["machines", "microsoft.compute/virtualmachines/login/action"],
  ["machines", "microsoft.compute/virtualmachines/loginasadmin/action"],
  ["registryPush", "microsoft.containerregistry/registries/repositories/content/write"],
  ["keyVaultData", "microsoft.keyvault/vaults/secrets/getsecret/action"],
  ["keyVaultData", "microsoft.keyvault/vaults/secrets/setsecret/action"],
  ["keyVaultData", "microsoft.keyvault/vaults/secrets/readmetadata/action"],
  ["keyVaultData", "microsoft.keyvault/vaults/keys/read"],
  ["keyVaultData", "microsoft.keyvault/vaults/keys/create/action"],
  ["keyVaultData", "microsoft.keyvault/vaults/keys/decrypt/action"],
  ["keyVaultData", "microsoft.keyvault/vaults/keys/unwrap/action"],
  ["keyVaultData", "microsoft.keyvault/vaults/keys/sign/action"],
  ["keyVaultData", "microsoft.keyvault/vaults/certificates/create/action"],
];

/** What a role may do by its permissions: each allows what its actions name and its exceptions do not. */
export function powersOf(permissions: readonly Permission[]): readonly RolePower[] {
  const powers = new Set<RolePower>();
  for (const { actions, notActions, dataActions, notDataActions } of permissions) {
    if (actions.some((action) => action === "*" || action === "*/write")) powers.add("everything");
    for (const [power, operation] of operations)
      if (allows(actions, notActions, operation)) powers.add(power);
    for (const [power, operation] of dataOperations)
      if (allows(dataActions, notDataActions, operation)) powers.add(power);
  }
  return [...powers];
}

function allows(patterns: readonly string[], exceptions: readonly string[], operation: string): boolean {
  return (
    patterns.some((pattern) => matches(pattern, operation)) &&
    !exceptions.some((pattern) => matches(pattern, operation))
  );
}

/** An asterisk stands for any text, slashes included. */
function matches(pattern: string, operation: string): boolean {
  const [start = "", ...pieces] = pattern.split("*");
  if (pieces.length === 0) return pattern === operation;
  if (!operation.startsWith(start)) return false;
  let from = start.length;
  const end = pieces.pop() ?? "";
  for (const piece of pieces) {
    const found = operation.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return operation.length - end.length >= from && operation.endsWith(end);
}
