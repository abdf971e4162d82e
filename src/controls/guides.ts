/** One thing a guide asks for, in our words, and the controls that judge it. */
export interface GuideRow {
  readonly asks: string;
  /** Ids of controls. */
  readonly controls: readonly string[];
  /** What the controls leave open, or see more strictly. */
  readonly note?: string;
  /** Nothing Azure or the cluster shows could prove it: why, and what to do instead. */
  readonly unreadable?: { readonly why: string; readonly instead: string };
}

/** A part of a guide, under its own heading. */
export interface GuidePart {
  readonly title: string;
  readonly rows: readonly GuideRow[];
}

/** A hardening guide the controls answer. */
export interface Guide {
  readonly name: "A" | "B";
  readonly title: string;
  readonly parts: readonly GuidePart[];
}

/** A place where following a guide to the letter does not reach what it asks for. */
export interface Shortfall {
  readonly where: string;
  readonly because: string;
  readonly instead: string;
}

const rowsOfRestricted = [
  "workloads.privileged-containers-absent",
  "workloads.privilege-escalation-blocked",
  "workloads.run-as-non-root",
  "workloads.capabilities-dropped",
  "workloads.host-namespaces-unused",
  "workloads.host-paths-unused",
  "workloads.seccomp-set",
] as const;

export const guideA: Guide = {
  name: "A",
  title: "Securing AKS: a 2026 guide",
  parts: [
    {
      title: "Identity",
      rows: [
        {
          asks: "No local accounts: people come through Entra ID, with the identities and groups the company has",
          controls: [
            "identity.local-accounts-disabled",
            "identity.entra-integration-managed",
            "control-plane.open-door-absent",
          ],
        },
        {
          asks: "Fine-grained rights by Azure RBAC",
          controls: ["identity.azure-rbac-enabled", "identity.kubernetes-rbac-enabled"],
        },
        {
          asks: "Workload identity in place of stored Azure credentials",
          controls: [
            "identity.workload-identity-enabled",
            "identity.pod-identity-retired",
            "identity.managed-identity-used",
            "identity.federated-identities-least-privileged",
          ],
        },
        {
          asks: "Managed identities to sign in to Azure with; that they hold no more than they need is our addition",
          controls: [
            "identity.cluster-identities-least-privileged",
            "identity.node-identities-least-privileged",
          ],
        },
      ],
    },
    {
      title: "Network",
      rows: [
        {
          asks: "A private cluster, or strictly listed ranges where the API server must stay public",
          controls: [
            "control-plane.api-server-restricted",
            "control-plane.private-cluster",
            "control-plane.authorized-ranges-narrow",
          ],
        },
        {
          asks: "Network policies that deny by default",
          controls: ["network.policy-engine-on", "network.default-deny-everywhere"],
        },
      ],
    },
    {
      title: "Hosts and nodes",
      rows: [
        {
          asks: "Azure Linux as the nodes' system, in release 3.0 since 2.0 has ended",
          controls: ["nodes.azure-linux-current", "nodes.azure-linux-preferred", "nodes.os-in-support"],
          note: "That it is Azure Linux at all is asked in the profile `guide-a` alone",
        },
        {
          asks: "Automatic upgrades of Kubernetes and of the nodes' system",
          controls: ["control-plane.auto-upgrade-on", "nodes.os-auto-upgrade-on", "nodes.image-fresh"],
        },
        {
          asks: "Nodes without public addresses",
          controls: ["nodes.public-ips-absent", "workloads.node-takeover-path-absent"],
        },
        {
          asks: "Egress through a load balancer or a NAT gateway",
          controls: ["network.standard-load-balancer"],
          note: "A load balancer leaves egress open; guide B asks for more",
        },
      ],
    },
    {
      title: "Workloads and secrets",
      rows: [
        {
          asks: "Secrets mounted from Key Vault by the CSI driver, none in plain manifests",
          controls: [
            "secrets.key-vault-driver-on",
            "secrets.not-in-environment",
            "secrets.mounted-by-driver",
          ],
        },
        {
          asks: "The restricted pod security standard, enforced by Azure Policy",
          controls: [
            "workloads.policy-addon-on",
            "workloads.restricted-standard-assigned",
            "workloads.restricted-standard-enforced",
            ...rowsOfRestricted,
          ],
        },
        {
          asks: "A root file system that is only read",
          controls: ["workloads.root-filesystem-read-only"],
        },
        { asks: "Limits on CPU and memory", controls: ["workloads.resource-limits-set"] },
      ],
    },
    {
      title: "Monitoring",
      rows: [
        {
          asks: "Defender for Containers, at run time and in the registry",
          controls: [
            "monitoring.defender-plan-on",
            "monitoring.defender-sensor-on",
            "images.registry-scanning-on",
            "images.running-without-known-vulnerabilities",
          ],
        },
        {
          asks: "Images scanned before they are pushed to the registry",
          controls: [],
          unreadable: {
            why: "A registry shows an image, not what was done to it before",
            instead:
              "Let the pipeline fail on its own scan and sign what passed. The nearest that can be read are `images.registry-scanning-on` and `images.admission-gated`",
          },
        },
        { asks: "Audit logs in a Log Analytics workspace", controls: ["monitoring.audit-logs-streamed"] },
      ],
    },
    {
      title: "Its checklist, and the way of a request",
      rows: [
        {
          asks: "Checklist: Entra ID without local accounts",
          controls: ["identity.local-accounts-disabled", "identity.entra-integration-managed"],
        },
        {
          asks: "Checklist: a private cluster or authorized ranges",
          controls: ["control-plane.private-cluster", "control-plane.api-server-restricted"],
        },
        {
          asks: "Checklist: Azure Linux 3.0, and patches that come by themselves",
          controls: ["nodes.azure-linux-current", "nodes.os-auto-upgrade-on"],
        },
        {
          asks: "Checklist: Key Vault by its CSI driver",
          controls: ["secrets.key-vault-driver-on", "secrets.not-in-environment"],
        },
        {
          asks: "Checklist: network policies that deny by default",
          controls: ["network.default-deny-everywhere"],
        },
        {
          asks: "Checklist: Azure Policy that blocks deployments which do not comply",
          controls: ["workloads.policy-addon-on", "workloads.restricted-standard-enforced"],
        },
        {
          asks: "The way of a request: each pod talks to the database that is its own, and to nothing else",
          controls: ["network.default-deny-everywhere"],
          unreadable: {
            why: "Which connections a pod needs is known to those who wrote it",
            instead:
              "Deny by default, which can be read, and let the owners write and review a policy for each connection",
          },
        },
      ],
    },
    {
      title: "What it hands out",
      rows: [
        {
          asks: "A network policy that denies everything in a namespace",
          controls: ["network.default-deny-everywhere"],
        },
        {
          asks: "The command lines that assign the restricted initiative, in Audit first and then in Deny",
          controls: ["workloads.restricted-standard-assigned", "workloads.restricted-standard-enforced"],
        },
        {
          asks: "A pod template that passes it, with scratch space in memory",
          controls: [
            "workloads.run-as-non-root",
            "workloads.privilege-escalation-blocked",
            "workloads.root-filesystem-read-only",
            "workloads.capabilities-dropped",
            "workloads.resource-limits-set",
          ],
        },
      ],
    },
  ],
};

export const guideB: Guide = {
  name: "B",
  title: "Seven layers of AKS security",
  parts: [
    {
      title: "Identity and access",
      rows: [
        {
          asks: "Rights for Entra groups rather than for persons",
          controls: [
            "identity.entra-integration-managed",
            "identity.admin-access-by-group",
            "identity.admin-groups-healthy",
            "identity.kubernetes-bindings-by-group",
            "workloads.cluster-admin-bindings-absent",
            "identity.kubernetes-rbac-enabled",
          ],
        },
        {
          asks: "Short-lived tokens by workload identity, no stored credentials",
          controls: [
            "identity.workload-identity-enabled",
            "identity.pod-identity-retired",
            "identity.federated-identities-least-privileged",
          ],
        },
        {
          asks: "Nothing in so many words of local accounts, which undo the whole layer",
          controls: ["identity.local-accounts-disabled"],
        },
      ],
    },
    {
      title: "Cluster hardening",
      rows: [
        {
          asks: "An API server off the internet, in a private cluster",
          controls: [
            "control-plane.private-cluster",
            "control-plane.api-server-restricted",
            "control-plane.private-dns-only",
            "control-plane.open-door-absent",
          ],
        },
        {
          asks: "Auto-upgrade channels for Kubernetes and node images",
          controls: [
            "control-plane.auto-upgrade-on",
            "nodes.os-auto-upgrade-on",
            "control-plane.version-supported",
            "control-plane.maintenance-windows-set",
            "nodes.image-fresh",
            "nodes.versions-aligned",
          ],
        },
      ],
    },
    {
      title: "Network",
      rows: [
        {
          asks: "Azure CNI, so that network policies can hold",
          controls: ["network.azure-cni-used", "network.policy-engine-on"],
        },
        { asks: "Deny by default in each namespace", controls: ["network.default-deny-everywhere"] },
        { asks: "Egress through Azure Firewall or a NAT gateway", controls: ["network.egress-controlled"] },
      ],
    },
    {
      title: "Workloads",
      rows: [
        {
          asks: "Containers that are not root, hold no capabilities, read their root and cannot gain rights",
          controls: [
            "workloads.run-as-non-root",
            "workloads.capabilities-dropped",
            "workloads.root-filesystem-read-only",
            "workloads.privilege-escalation-blocked",
          ],
        },
        {
          asks: "The least privileges an application needs",
          controls: [
            "workloads.restricted-standard-assigned",
            "workloads.privileged-containers-absent",
            "workloads.host-namespaces-unused",
            "workloads.service-tokens-not-mounted",
          ],
        },
      ],
    },
    {
      title: "Secrets",
      rows: [
        {
          asks: "Secrets from Key Vault by the CSI driver, renewed by themselves",
          controls: [
            "secrets.key-vault-driver-on",
            "secrets.rotation-on",
            "secrets.not-in-environment",
            "secrets.mounted-by-driver",
          ],
        },
      ],
    },
    {
      title: "Images",
      rows: [
        {
          asks: "Scanning in the pipeline",
          controls: ["images.registry-scanning-on", "images.running-without-known-vulnerabilities"],
          note: "The pipeline itself cannot be read from outside; these are what its scan should have led to",
        },
        {
          asks: "Rules at admission",
          controls: ["images.admission-gated", "images.from-allowed-registries"],
        },
        { asks: "Bases pinned by digest", controls: ["images.pinned-by-digest"] },
        {
          asks: "Minimal bases",
          controls: [],
          unreadable: {
            why: "No property of an image says minimal, and its size proves nothing",
            instead:
              "Keep a list of approved bases and let the build accept no other. The nearest that can be read is `images.running-without-known-vulnerabilities`",
          },
        },
      ],
    },
    {
      title: "Monitoring",
      rows: [
        {
          asks: "An audit trail of kube-apiserver and kube-controller-manager",
          controls: ["monitoring.audit-logs-streamed", "monitoring.control-plane-logs-streamed"],
        },
        {
          asks: "Defender for Containers at run time",
          controls: ["monitoring.defender-plan-on", "monitoring.defender-sensor-on"],
        },
        {
          asks: "Azure Policy, so that compliance is looked at all the time",
          controls: ["workloads.policy-addon-on"],
        },
      ],
    },
  ],
};

export const shortfalls: readonly Shortfall[] = [
  {
    where: "A, network policy",
    because: "What denies all egress denies DNS as well, and most programs stop there",
    instead: "Allow DNS to kube-system beside it, as the manifest of `network.default-deny-everywhere` does",
  },
  {
    where: "A, policy engine",
    because:
      "Azure's own engine is not supported on Windows nodes since 2026-09-30, and on Linux nodes until 2028-09-30 alone",
    instead: "Cilium on Linux, Calico where there are Windows pools",
  },
  {
    where: "A, pod template",
    because: "It names its image by a tag, which may mean another image tomorrow; guide B wants a digest",
    instead: "`<registry>.azurecr.io/<image>@sha256:<digest>`",
  },
  {
    where: "A, pod template",
    because: "The restricted initiative also wants a seccomp profile and group ids, which the template lacks",
    instead:
      "Add `seccompProfile: {type: RuntimeDefault}`, and `runAsGroup` and `supplementalGroups` beside `fsGroup`, to its security context",
  },
  {
    where: "A, scratch space",
    because: "`emptyDir: {}` lies on the node's disk, not in memory",
    instead: "`emptyDir: {medium: Memory, sizeLimit: 64Mi}`; what is written counts against the memory limit",
  },
  {
    where: "A, assigning the initiative",
    because: "Assigned as shown it audits and blocks nothing: its own default effect is Audit",
    instead: "Read the results first, then assign with the effect `Deny`",
  },
  {
    where: "A, what the initiative enforces",
    because: "It asks for neither a read-only root file system nor resource limits",
    instead:
      "Assign those two definitions beside it: `df49d893-a74c-421d-bc95-c663042e5b80` and `e345eecc-fa47-480f-9e88-67dcc122b164`",
  },
  {
    where: "A, upgrade channel",
    because: "`node-image` renews nodes and leaves Kubernetes itself behind",
    instead: "`patch` or `stable` for the cluster, `NodeImage` for the nodes' system",
  },
  {
    where: "A, public nodes",
    because: "A pool cannot be told to give its addresses back",
    instead: "Add a pool without them and delete the old one",
  },
  {
    where: "A and B, local accounts",
    because: "Certificates handed out before stay valid after local accounts are off",
    instead: "Rotate the cluster's certificates, which recreates its nodes",
  },
];
