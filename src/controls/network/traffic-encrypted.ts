import { defineControl } from "../../domain/control.ts";
import { fail, notApplicable, pass, seen, unknown } from "../../domain/verdict.ts";

export const trafficEncrypted = defineControl({
  id: "network.traffic-encrypted",
  title: "Traffic between pods on different nodes is encrypted",
  severity: "low",
  layer: "network",
  rationale:
    "Pods talk in clear text unless their programs encrypt by themselves, so whoever gets hold of a node's network or of a machine beside it reads along.",
  remediation: {
    summary:
      "Turn on WireGuard with Advanced Container Networking Services, which are paid for by the node; test throughput first. Traffic within a node, and that of the nodes themselves, stays as it is.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --enable-acns --acns-transit-encryption-type WireGuard",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/container-network-security-wireguard-encryption-concepts",
  },
  needs: ["transitEncryption"],
  evaluate({ transitEncryption: { type, dataplane } }) {
    switch (dataplane.value.toLowerCase()) {
      case "cilium":
        break;
      case "azure":
        return notApplicable("Only the dataplane cilium can encrypt.", seen(dataplane, "cilium"));
      default:
        return unknown(
          `The cluster has a dataplane this version does not know: "${dataplane.value}".`,
          seen(dataplane, "cilium"),
        );
    }
    const evidence = seen(type, "WireGuard");
    switch (type.value.toLowerCase()) {
      case "wireguard":
        return pass(evidence);
      case "none":
        return fail(evidence);
      default:
        return unknown(
          `Traffic is encrypted in a way this version does not know: "${type.value}".`,
          evidence,
        );
    }
  },
});
