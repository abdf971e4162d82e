import { type ArmService, requireRead } from "./arm.ts";
import { toArmResource } from "./arm-resource.ts";
import { answerJson, resourceNotFound } from "./errors.ts";

const type = "Microsoft.OperationalInsights/workspaces";

/** Log Analytics workspaces, one at a time. */
export const workspaces: readonly ArmService[] = [
  {
    name: "workspaces",
    path: /^\/subscriptions\/(?<subscription>[^/]+)\/resourceGroups\/(?<group>[^/]+)\/providers\/Microsoft\.OperationalInsights\/workspaces\/(?<name>[^/]+)\/?$/i,
    method: "GET",
    apiVersions: ["2022-10-01", "2023-09-01"],
    answer(call, { subscription = "", group = "", name = "" }) {
      requireRead(call, type, subscription, group);
      const found = call.index.resource(
        `/subscriptions/${subscription}/resourceGroups/${group}/providers/${type}/${name}`,
      );
      if (!found) throw resourceNotFound(`${type}/${name}`, group);
      return answerJson(200, toArmResource(found, type));
    },
  },
];
