import { defineCombination, defineControl } from "../../domain/control.ts";
import { clusterIdentitiesLeastPrivileged } from "../identity/cluster-identities-least-privileged.ts";
import { publicIpsAbsent } from "../nodes/public-ips-absent.ts";
import { judgeOwnIdentities } from "../own-identities.ts";
import { podTemplate } from "../pod-template.ts";
import { hostPathsUnused } from "./host-paths-unused.ts";
import { privilegedContainersAbsent } from "./privileged-containers-absent.ts";

/**
 * The control it is made of fails by the control plane's identity as well, which no node carries: whoever takes a node
 * gets no token of it. The control on the nodes' identities passes where pods are kept from the metadata endpoint, and
 * a pod that owns its node is not kept from it. What is left is the kubelet's identity, which every node carries.
 */
const kubeletLeastPrivileged = defineControl({
  ...clusterIdentitiesLeastPrivileged,
  narrowedTo: "the kubelet's alone",
  needs: ["principals", "identityGrants"],
  evaluate({ principals: { kubelet }, identityGrants: { nodeGroupId, grants } }) {
    const own = grants.filter(
      ({ principalId }) => principalId.toLowerCase() === kubelet.value?.toLowerCase(),
    );
    return judgeOwnIdentities([kubelet], { nodeGroupId, grants: own });
  },
});

export const nodeTakeoverPathAbsent = defineCombination({
  id: "workloads.node-takeover-path-absent",
  title: "No workload can take a node that is worth taking",
  severity: "critical",
  layer: "workloads",
  rationale:
    "A container that is privileged, or mounts its node's files, becomes its node: from there an address on the internet lets an intruder come and go, and an identity with a mighty role hands them Azure itself.",
  remediation: {
    summary:
      "Either half closes the path. Take privileged and hostPath out of the workloads named, which the manifest that `midwatch controls workloads.node-takeover-path-absent` shows does without; or take from the nodes what makes them worth it: their public addresses, by a pool without them, and the kubelet identity's role, once it has AcrPull where its images are.",
    commands: [
      ...publicIpsAbsent.remediation.commands,
      ...clusterIdentitiesLeastPrivileged.remediation.commands,
    ],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/developer-best-practices-pod-security",
    guides: ["A"],
  },
  parts: [
    [privilegedContainersAbsent, hostPathsUnused],
    [publicIpsAbsent, kubeletLeastPrivileged],
  ],
});
