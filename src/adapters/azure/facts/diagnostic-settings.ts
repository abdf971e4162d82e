import type { FactSource } from "../../../application/ports.ts";
import { SourceError } from "../../../application/source-error.ts";
import type { DiagnosticSetting } from "../../../domain/facts.ts";
import { readArmList } from "../arm-list.ts";
import { readEachCluster } from "../each-cluster.ts";
import type { Patience } from "../patience.ts";
import { readPresence } from "../presence.ts";
import { grantRole } from "../remedies.ts";
import type { ResourceManager } from "../resource-manager.ts";
import { at, malformedGap, type Place, readBoolean, readList, readText } from "../row.ts";

/** The version in general use although it is called a preview (https://learn.microsoft.com/rest/api/monitor/diagnostic-settings/list). */
const apiVersion = "2021-05-01-preview";

type Workspace = NonNullable<DiagnosticSetting["workspace"]>;

/** Diagnostic settings, one list for each cluster, since Resource Graph has none; workspaces are looked for once each. */
export function createDiagnosticSettings(arm: ResourceManager, patience: Patience): FactSource {
  return {
    groups: ["diagnosticSettings"],
    async read(clusters) {
      const presences = new Map<string, Promise<Workspace["presence"]>>();
      const presenceOf = (id: string) => {
        const key = id.toLowerCase();
        const known = presences.get(key) ?? workspacePresence(arm, id, patience);
        presences.set(key, known);
        return known;
      };
      const readings = await readEachCluster(clusters, async ({ cluster: { id } }) => {
        const settings = await readSettings(arm, id, patience);
        return Promise.all(
          settings.map(async ({ workspaceId, ...setting }) => ({
            ...setting,
            workspace:
              workspaceId === null ? null : { id: workspaceId, presence: await presenceOf(workspaceId) },
          })),
        );
      });
      return (one) => {
        const reading = readings.get(one);
        return reading ? { diagnosticSettings: reading } : {};
      };
    },
  };
}

type ListedSetting = Omit<DiagnosticSetting, "workspace"> & { readonly workspaceId: string | null };

async function readSettings(
  arm: ResourceManager,
  clusterId: string,
  patience: Patience,
): Promise<readonly ListedSetting[]> {
  const task = `the diagnostic settings of ${clusterId}`;
  const first = arm.get(`${clusterId}/providers/Microsoft.Insights/diagnosticSettings`, apiVersion);
  const entries = await readArmList(arm, { task, remedy: grantRole("Reader", clusterId), first }, patience);
  try {
    return entries.map((value, index) => mapSetting({ path: `value[${index}]`, value }));
  } catch (error) {
    throw new SourceError(`Could not read ${task}: ${malformedGap(clusterId, error).detail}`, {
      reason: "malformed",
    });
  }
}

/** A log names a category or a group of categories, and is listed even when it is off. */
function mapSetting(root: Place): ListedSetting {
  const properties = at(root, "properties");
  const enabled = (readList(at(properties, "logs")) ?? []).filter(
    (log) => readBoolean(at(log, "enabled")) === true,
  );
  const named = (property: string) => enabled.flatMap((log) => readText(at(log, property)) ?? []);
  const has = (property: string) => readText(at(properties, property)) !== null;
  return {
    path: readText(at(root, "id")) ?? root.path,
    name: readText(at(root, "name")) ?? "",
    workspaceId: readText(at(properties, "workspaceId")),
    otherDestinations: [
      ...(has("storageAccountId") ? ["a storage account"] : []),
      ...(has("eventHubAuthorizationRuleId") ? ["an event hub"] : []),
      ...(has("marketplacePartnerId") ? ["a partner's service"] : []),
      ...(has("serviceBusRuleId") ? ["a service bus"] : []),
    ],
    categories: named("category"),
    categoryGroups: named("categoryGroup"),
  };
}

/** A workspace nobody may look at proves nothing either way. */
async function workspacePresence(
  arm: ResourceManager,
  id: string,
  patience: Patience,
): Promise<Workspace["presence"]> {
  try {
    return await readPresence(arm, id, patience);
  } catch (error) {
    if (error instanceof SourceError) return "unread";
    throw error;
  }
}
