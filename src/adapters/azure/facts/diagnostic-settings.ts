import type { FactSource } from "../../../application/fact-source.ts";
import { SourceError } from "../../../application/source-error.ts";
import type { DiagnosticSetting } from "../../../domain/diagnostic-setting.ts";
import type { Patience } from "../../patience.ts";
import { at, type Place, readBoolean, readList, readText } from "../../row.ts";
import { askedOnce } from "../asked-once.ts";
import type { ClusterPart, ClusterParts } from "../cluster-parts.ts";
import { readPresence } from "../presence.ts";
import type { ResourceManager } from "../resource-manager.ts";
import { createClusterFacts } from "./cluster-facts.ts";

type Workspace = NonNullable<DiagnosticSetting["workspace"]>;

/** Diagnostic settings, one list for each cluster, since Resource Graph has none; workspaces are looked for once each. */
export function createDiagnosticSettings(
  parts: ClusterParts,
  arm: ResourceManager,
  patience: Patience,
): FactSource {
  return createClusterFacts("diagnosticSettings", () => {
    const presenceOf = askedOnce((id) => workspacePresence(arm, id, patience));
    return async ({ cluster: { id } }) => {
      const settings = await parts.list(id, part);
      return Promise.all(
        settings.map(async ({ workspaceId, ...setting }) => ({
          ...setting,
          workspace:
            workspaceId === null ? null : { id: workspaceId, presence: await presenceOf(workspaceId) },
        })),
      );
    };
  });
}

type ListedSetting = Omit<DiagnosticSetting, "workspace"> & { readonly workspaceId: string | null };

const part: ClusterPart<ListedSetting> = {
  path: "providers/Microsoft.Insights/diagnosticSettings",
  // In general use although it is called a preview (https://learn.microsoft.com/rest/api/monitor/diagnostic-settings/list).
  apiVersion: "2021-05-01-preview",
  what: "the diagnostic settings",
  map: mapSetting,
};

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
