import { clusterIdOf, nodeGroupOf } from "./cluster-rows.ts";
import type { ClusterSpec, DiagnosticsSpec } from "./cluster-spec.ts";
import { emptyColumns } from "./container-rows.ts";
import { resourceIdOf } from "./ids.ts";
import { federatedCredentialObjects } from "./workload-identities.ts";
import type { EstateSubscription, RawObject } from "./world.ts";

/** A setting that sends what auditors ask for to the subscription's own workspace. */
const auditLogs: DiagnosticsSpec = {
  name: "to-law",
  workspace: "law-operations",
  categories: ["kube-apiserver", "kube-audit-admin", "kube-controller-manager", "guard"],
};

/** The configurations that give the two channels their windows. */
const maintenanceWindows = ["aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"] as const;

/** What only ARM knows of a cluster, by lower-case resource id. */
export function clusterObjects(spec: ClusterSpec): Readonly<Record<string, RawObject>> {
  const objects = [
    ...(spec.diagnostics ?? [auditLogs]).map((setting) => diagnosticSetting(spec, setting)),
    ...(spec.maintenance ?? maintenanceWindows).map((name) => maintenanceConfiguration(spec, name)),
    ...numbered(spec, "trustedAccessRoleBindings", spec.trustedAccess),
    ...numbered(spec, "jwtAuthenticators", spec.jwtAuthenticators),
    ...(spec.safeguards === null ? [] : [deploymentSafeguards(spec, spec.safeguards)]),
  ];
  return {
    ...Object.fromEntries(objects.map((object) => [String(object.id).toLowerCase(), object])),
    ...federatedCredentialObjects(spec, nodeGroupOf(spec)),
  };
}

/**
 * A diagnostic setting as Azure Monitor lists it: a log has a category or a group of them, those that are off are
 * listed as well (https://learn.microsoft.com/rest/api/monitor/diagnostic-settings/list).
 */
function diagnosticSetting(spec: ClusterSpec, setting: DiagnosticsSpec): RawObject {
  const { name, workspace, storageAccountId, categories = [], categoryGroups = [] } = setting;
  const logs = [
    ...categories.map((category) => ({ category, categoryGroup: null, enabled: true })),
    ...categoryGroups.map((categoryGroup) => ({ category: null, categoryGroup, enabled: true })),
    { category: "cluster-autoscaler", categoryGroup: null, enabled: false },
  ];
  return {
    id: `${clusterIdOf(spec)}/providers/microsoft.insights/diagnosticSettings/${name}`,
    name,
    type: "Microsoft.Insights/diagnosticSettings",
    properties: {
      workspaceId: workspace === undefined ? null : workspaceId(spec.subscription, workspace),
      storageAccountId: storageAccountId ?? null,
      eventHubAuthorizationRuleId: null,
      eventHubName: null,
      marketplacePartnerId: null,
      serviceBusRuleId: null,
      logAnalyticsDestinationType: "Dedicated",
      logs: logs.map((log) => ({ ...log, retentionPolicy: { enabled: false, days: 0 } })),
      metrics: [{ category: "AllMetrics", enabled: false }],
    },
  };
}

/** Every Sunday night; the form is that of https://learn.microsoft.com/rest/api/aks/maintenance-configurations/get. */
function maintenanceConfiguration(spec: ClusterSpec, name: string): RawObject {
  return {
    id: `${clusterIdOf(spec)}/maintenanceConfigurations/${name}`,
    name,
    type: "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
    properties: {
      maintenanceWindow: {
        schedule: { weekly: { intervalWeeks: 1, dayOfWeek: "Sunday" } },
        durationHours: 4,
        utcOffset: "+00:00",
        startDate: "2025-01-05",
        startTime: "02:00",
      },
    },
  };
}

/** Resources of one kind right under the cluster. */
function numbered(spec: ClusterSpec, kind: string, all: readonly RawObject[] = []): readonly RawObject[] {
  return all.map((properties, index) => ({
    id: `${clusterIdOf(spec)}/${kind}/no${index + 1}`,
    name: `no${index + 1}`,
    type: `Microsoft.ContainerService/managedClusters/${kind}`,
    properties: { provisioningState: "Succeeded", ...properties },
  }));
}

/** As github.com/Azure/azure-rest-api-specs shows them in its example of `DeploymentSafeguards_Get`. */
function deploymentSafeguards(spec: ClusterSpec, changes: RawObject = {}): RawObject {
  return {
    id: `${clusterIdOf(spec)}/providers/Microsoft.ContainerService/deploymentSafeguards/default`,
    name: "default",
    type: "Microsoft.ContainerService/deploymentSafeguards",
    properties: {
      level: "Enforce",
      podSecurityStandardsLevel: "Restricted",
      excludedNamespaces: [],
      systemExcludedNamespaces: ["kube-system", "gatekeeper-system"],
      provisioningState: "Succeeded",
      ...changes,
    },
  };
}

/** A Log Analytics workspace of a subscription. */
export function workspaceRow(subscription: EstateSubscription, name: string): RawObject {
  return {
    id: workspaceId(subscription, name),
    name,
    type: "microsoft.operationalinsights/workspaces",
    ...emptyColumns,
    location: "westeurope",
    resourceGroup: "rg-observability",
    subscriptionId: subscription.subscriptionId,
    properties: { provisioningState: "Succeeded", sku: { name: "PerGB2018" }, retentionInDays: 90 },
  };
}

function workspaceId({ subscriptionId }: EstateSubscription, name: string): string {
  return resourceIdOf(subscriptionId, "rg-observability", "Microsoft.OperationalInsights/workspaces", name);
}
