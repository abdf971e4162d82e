import { defineControl } from "../../domain/control.ts";
import type { Facts } from "../../domain/facts.ts";
import { type Evidence, fail, isSome, pass, seen, unknown } from "../../domain/verdict.ts";
import { managedNginx } from "../lifecycle.ts";

export const legacyIngressAbsent = defineControl({
  id: "network.legacy-ingress-absent",
  title: "No add-on lets traffic in that is past its support",
  severity: "medium",
  layer: "network",
  rationale:
    "What stands at the cluster's door reads every request before anybody else does; out of support, its next hole stays open for whoever finds it.",
  remediation: {
    summary:
      "Turn off what the evidence names. Move app routing to its Gateway API implementation first, as the page describes: both run side by side until DNS is changed. Controllers that the add-on made stay until their NginxIngressController resources are deleted; delete these, then turn it off.",
    commands: [
      "az aks disable-addons --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --addons http_application_routing",
      "az aks disable-addons --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --addons kube-dashboard",
      "az aks approuting update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --nginx None",
      "az aks approuting disable --subscription {subscription} --resource-group {resourceGroup} --name {cluster}",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/app-routing-nginx-to-gateway-api-migration",
  },
  needs: ["ingress", "clock"],
  evaluate({ ingress, clock: { asOf } }) {
    const { httpApplicationRouting, kubeDashboard, appRouting, nginx } = ingress;
    const isNginxOver = asOf >= managedNginx.supportEnd.on;
    const routing = { state: routingState(ingress), evidence: seen(nginx, expectedAt(asOf)) };

    const offenders: readonly Evidence[] = [
      ...[httpApplicationRouting, kubeDashboard].filter(({ value }) => value).map((on) => seen(on, false)),
      ...(routing.state === "nginx" && isNginxOver ? [routing.evidence] : []),
    ];
    if (isSome(offenders)) return fail(...offenders);
    if (routing.state === "odd")
      return unknown(
        `App routing has a kind of controller this version does not know: "${nginx.value}".`,
        routing.evidence,
      );
    if (routing.state === "leftover" && isNginxOver)
      return unknown(
        "App routing makes no NGINX controller of its own any more, but keeps those made before or by hand, which cannot be told from outside. Once kubectl get nginxingresscontrollers lists none, turn the add-on off.",
        routing.evidence,
      );
    return pass(
      seen(httpApplicationRouting, false),
      seen(kubeDashboard, false),
      appRouting.value ? routing.evidence : seen(appRouting, false),
    );
  },
});

/** An absent kind is NGINX; `None` makes none, and deletes none that is there (`@azure/arm-containerservice`, `KnownNginxIngressControllerType`). */
function routingState({ appRouting, nginx }: Facts["ingress"]): "off" | "nginx" | "leftover" | "odd" {
  if (!appRouting.value) return "off";
  switch (nginx.value?.toLowerCase()) {
    case undefined:
    case "annotationcontrolled":
    case "external":
    case "internal":
      return "nginx";
    case "none":
      return "leftover";
    default:
      return "odd";
  }
}

function expectedAt(asOf: string): string {
  const { on } = managedNginx.supportEnd;
  return asOf < on
    ? `any while managed NGINX is supported: until ${on}`
    : `app routing off: managed NGINX is out of support since ${on}`;
}
