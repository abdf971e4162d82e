import { defineControl } from "../../domain/control.ts";
import type { Direction, NamespaceIsolation } from "../../domain/inspection.ts";
import { type Evidence, fail, isSome, notApplicable, pass, unknown } from "../../domain/verdict.ts";
import { judgePolicyEngine } from "../policy-engine.ts";

const expected = "all ingress and egress denied by default";

export const defaultDenyEverywhere = defineControl({
  id: "network.default-deny-everywhere",
  title: "Each namespace denies what no policy lets through",
  severity: "high",
  layer: "network",
  rationale:
    "In a namespace without a default every pod talks to every other and to the internet: one that is taken over reaches databases and API server, and carries out what it finds.",
  remediation: {
    summary:
      "In each namespace named, apply the manifest that `midwatch controls network.default-deny-everywhere` shows, with policies beside it for what its pods need: from then on nothing else passes, names are still resolved. Delete or narrow policies that let everything through. Without an engine policies hold nothing: mend network.policy-engine-on first. No az command writes policies: this one opens the cluster for kubectl.",
    commands: [
      "az aks get-credentials --subscription {subscription} --resource-group {resourceGroup} --name {cluster}",
    ],
    manifest: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: <namespace>
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow-dns
  namespace: <namespace>
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - protocol: UDP
          port: 53
        - protocol: TCP
          port: 53`,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/network-policy-best-practices",
    cis: ["4.4.2"],
    guides: ["A", "B"],
  },
  shortcut: {
    needs: ["networkPolicy", "clock"],
    evaluate({ networkPolicy, clock: { asOf } }) {
      const engine = judgePolicyEngine(networkPolicy, asOf);
      return engine.kind === "fail" ? engine : null;
    },
  },
  needs: ["namespaceIsolation", "networkPolicy", "clock"],
  evaluate({ namespaceIsolation, networkPolicy, clock: { asOf } }) {
    if (namespaceIsolation.state === "notInspected") return unknown(namespaceIsolation.reason);
    const namespaces = namespaceIsolation.value;
    const open: readonly Evidence[] = namespaces.filter((one) => flawsIn(one).length > 0).map(toEvidence);
    if (isSome(open)) return fail(...open);
    if (namespaces.length === 0)
      return unknown(
        "The Kubernetes API lists no namespace, though every cluster has the one named default.",
      );

    const looked = namespaces.filter(({ pods }) => pods > 0).map(toEvidence);
    if (looked.length === 0)
      return notApplicable(
        "Outside the namespaces of the system no pod is on the cluster's network, which is all that policies reach.",
      );
    const engine = judgePolicyEngine(networkPolicy, asOf);
    return engine.kind === "unknown"
      ? unknown(engine.reason, ...engine.evidence, ...looked)
      : pass(...looked);
  },
});

const directions: readonly Direction[] = ["ingress", "egress"];

/** Without pods there is nothing to deny, but what lets everything through waits for them. */
function flawsIn({ pods, policies }: NamespaceIsolation): readonly string[] {
  const open = directions.filter((direction) => !policies.some(({ denies }) => denies.includes(direction)));
  return [
    ...policies.flatMap(({ path, allows }) =>
      allows.length > 0 ? [`${path} lets all ${allows.join(" and ")} through`] : [],
    ),
    ...(pods > 0 && open.length > 0 ? [`no policy denies ${open.join(" and ")} by default`] : []),
  ];
}

function toEvidence(namespace: NamespaceIsolation): Evidence {
  const flaws = flawsIn(namespace);
  const denying = namespace.policies.filter(({ denies }) => denies.length > 0).map(({ path }) => path);
  return {
    path: `Namespace/${namespace.name}`,
    observed: flaws.length > 0 ? `open: ${flaws.join("; ")}` : denying,
    expected,
  };
}
