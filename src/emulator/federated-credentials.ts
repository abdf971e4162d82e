import { type ArmService, requireRead } from "./arm.ts";
import { answerJson, resourceNotFound } from "./errors.ts";

const type = "Microsoft.ManagedIdentity/userAssignedIdentities";

/** Federated credentials of managed identities, which Resource Graph does not hold. */
export const federatedCredentials: readonly ArmService[] = [
  {
    name: "federatedCredentials",
    path: /^\/subscriptions\/(?<subscription>[^/]+)\/resourceGroups\/(?<group>[^/]+)\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/(?<name>[^/]+)\/federatedIdentityCredentials\/?$/i,
    method: "GET",
    apiVersions: ["2023-01-31", "2024-11-30"],
    answer(call, { subscription = "", group = "", name = "" }) {
      requireRead(call, type, subscription, group);
      const id = `/subscriptions/${subscription}/resourceGroups/${group}/providers/${type}/${name}`;
      if (!call.index.resource(id)) throw resourceNotFound(`${type}/${name}`, group);
      return answerJson(200, { value: call.index.children(`${id}/federatedIdentityCredentials`) });
    },
  },
];
