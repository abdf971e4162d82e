import { type ArmCall, type ArmService, requireRead } from "./arm.ts";
import { toArmResource } from "./arm-resource.ts";
import { answerJson, resourceNotFound } from "./errors.ts";
import type { RawObject } from "./estate/world.ts";
import { readText } from "./world-index.ts";

const provider = "Microsoft.Authorization";

/** Lists of a subscription hold what applies from management groups above it too, whoever may read those; a set definition is asked for by its id. */
export const policyObjects: readonly ArmService[] = [
  listOf("policyAssignments", ["2022-06-01", "2023-04-01"]),
  listOf("policyExemptions", ["2022-07-01-preview"]),
  {
    name: "policySetDefinitions",
    path: /^(?:\/subscriptions\/[^/]+|\/providers\/Microsoft\.Management\/managementGroups\/[^/]+)?\/providers\/Microsoft\.Authorization\/policySetDefinitions\/[^/]+\/?$/i,
    method: "GET",
    apiVersions: ["2021-06-01", "2023-04-01"],
    answer({ index, url }) {
      const id = decodeURIComponent(url.pathname).replace(/\/$/, "");
      const found = index.resource(id);
      if (!found) throw resourceNotFound(`${provider}/policySetDefinitions`, "");
      return answerJson(200, toArmResource(found, `${provider}/policySetDefinitions`));
    },
  },
];

function listOf(kind: "policyAssignments" | "policyExemptions", apiVersions: readonly string[]): ArmService {
  const type = `${provider}/${kind}`;
  return {
    name: kind,
    path: new RegExp(
      `^/subscriptions/(?<subscription>[^/]+)/providers/Microsoft\\.Authorization/${kind}/?$`,
      "i",
    ),
    method: "GET",
    apiVersions,
    answer(call, { subscription = "" }) {
      requireRead(call, type, subscription);
      const value = [
        ...call.index.resourcesOfType("", type).filter((row) => isAbove(call, row, subscription)),
        ...call.index.resourcesOfType(subscription, type),
      ];
      return answerJson(200, { value: value.map((row) => toArmResource(row, type)) });
    },
  };
}

function isAbove({ index }: ArmCall, row: RawObject, subscriptionId: string): boolean {
  const groups = index.subscription(subscriptionId)?.managementGroups ?? [];
  const id = readText(row, "id").toLowerCase();
  return groups.some((name) =>
    id.startsWith(`/providers/microsoft.management/managementgroups/${name}/`.toLowerCase()),
  );
}
