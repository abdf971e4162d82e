import { defineControl } from "../../domain/control.ts";
import { fail, notApplicable, pass, seen } from "../../domain/verdict.ts";

export const privateDnsOnly = defineControl({
  id: "control-plane.private-dns-only",
  title: "A private API server has no public name",
  severity: "low",
  layer: "control-plane",
  rationale:
    "The public name opens nothing, but it tells anybody who asks which private address the API server has, and so how the network behind it is laid out.",
  remediation: {
    summary:
      "Take the public name away. Clients then need the private DNS zone, so link it to their networks first; a cluster made without such a zone (privateDNSZone none) cannot do without its public name. Credentials that hold the public name have to be fetched again.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --disable-public-fqdn",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/private-clusters",
    cis: ["5.4.2"],
    mcsb: ["NS-2"],
    guides: ["B"],
  },
  needs: ["apiServer", "apiServerName"],
  evaluate({ apiServer: { privateCluster }, apiServerName: { isPublic } }) {
    if (!privateCluster.value) {
      return notApplicable(
        "The API server is not private, so that its name is public anyway: control-plane.private-cluster speaks of that.",
        seen(privateCluster, true),
      );
    }
    const evidence = seen(isPublic, false);
    return isPublic.value ? fail(evidence) : pass(evidence, seen(privateCluster, true));
  },
});
