import { type ArmService, requireRead } from "./arm.ts";
import { answerJson } from "./errors.ts";
import { offeredVersions } from "./estate/kubernetes-versions.ts";
import { apiVersions } from "./managed-clusters.ts";

/** The versions AKS offers in a region; the list is called `values` and never has a second page. */
export const kubernetesVersions: readonly ArmService[] = [
  {
    name: "kubernetesVersions",
    path: /^\/subscriptions\/(?<subscription>[^/]+)\/providers\/Microsoft\.ContainerService\/locations\/(?<region>[^/]+)\/kubernetesVersions\/?$/i,
    method: "GET",
    apiVersions,
    answer(call, { subscription = "", region = "" }) {
      requireRead(call, "Microsoft.ContainerService/locations/kubernetesVersions", subscription);
      return answerJson(200, { values: offeredVersions(region.toLowerCase()) });
    },
  },
];
