import { describe, expect, it } from "vitest";
import { capabilitiesDropped } from "../../../src/controls/workloads/capabilities-dropped.ts";
import { defaultNamespaceUnused } from "../../../src/controls/workloads/default-namespace-unused.ts";
import { hostNamespacesUnused } from "../../../src/controls/workloads/host-namespaces-unused.ts";
import { hostPathsUnused } from "../../../src/controls/workloads/host-paths-unused.ts";
import { privilegeEscalationBlocked } from "../../../src/controls/workloads/privilege-escalation-blocked.ts";
import { privilegedContainersAbsent } from "../../../src/controls/workloads/privileged-containers-absent.ts";
import { resourceLimitsSet } from "../../../src/controls/workloads/resource-limits-set.ts";
import { rootFilesystemReadOnly } from "../../../src/controls/workloads/root-filesystem-read-only.ts";
import { runAsNonRoot } from "../../../src/controls/workloads/run-as-non-root.ts";
import { seccompSet } from "../../../src/controls/workloads/seccomp-set.ts";
import { serviceTokensNotMounted } from "../../../src/controls/workloads/service-tokens-not-mounted.ts";
import { assess, type Control } from "../../../src/domain/control.ts";
import type { Container, Pod } from "../../../src/domain/pods/pod.ts";
import { createPodTally } from "../../../src/domain/pods/pod-tally.ts";
import { collected } from "../../../src/domain/reading.ts";
import { inspected, snapshot, withReading } from "../../support/snapshot.ts";
import { container, pod } from "./pods.ts";

interface Cases {
  readonly control: Control;
  readonly offends: Readonly<Record<string, Pod>>;
  readonly passes: Readonly<Record<string, Pod>>;
}

const withContainer = (changes: Partial<Container>, ofPod: Partial<Pod> = {}): Pod =>
  pod({ containers: [container(), container(changes)], ...ofPod });
const windows = { isWindows: true } as const;

const table: readonly Cases[] = [
  {
    control: privilegedContainersAbsent,
    offends: {
      "a container": withContainer({ privileged: true }),
      "one that starts the pod": withContainer({ privileged: true, kind: "init" }),
      "one that looks into it": withContainer({ privileged: true, kind: "ephemeral" }),
    },
    passes: {
      "one that says no": withContainer({ privileged: false }),
      "on Windows": withContainer({ privileged: true }, windows),
    },
  },
  {
    control: privilegeEscalationBlocked,
    offends: {
      "one that says nothing": withContainer({ allowPrivilegeEscalation: null }),
      "one that says yes": withContainer({ allowPrivilegeEscalation: true }),
      "one that starts the pod": withContainer({ allowPrivilegeEscalation: null, kind: "init" }),
    },
    passes: { "on Windows": withContainer({ allowPrivilegeEscalation: null }, windows) },
  },
  {
    control: runAsNonRoot,
    offends: {
      "one that says nothing": withContainer({ runAsUser: null }),
      "user 0": withContainer({ runAsUser: 0, runAsNonRoot: true }),
      "any user": withContainer({ runAsUser: null, runAsNonRoot: false }),
    },
    passes: {
      "whatever user of the image that is not root": withContainer({ runAsUser: null, runAsNonRoot: true }),
      "a user of its own": withContainer({ runAsUser: 1, runAsNonRoot: false }),
    },
  },
  {
    control: capabilitiesDropped,
    offends: {
      "one that drops nothing": withContainer({ droppedCapabilities: [] }),
      "one that drops some": withContainer({ droppedCapabilities: ["NET_RAW", "SYS_ADMIN"] }),
      "one that adds another": withContainer({ addedCapabilities: ["NET_BIND_SERVICE", "NET_ADMIN"] }),
    },
    passes: {
      "one that binds low ports": withContainer({ addedCapabilities: ["NET_BIND_SERVICE"] }),
      "one in lower case": withContainer({ droppedCapabilities: ["all"] }),
    },
  },
  {
    control: rootFilesystemReadOnly,
    offends: {
      "one that says nothing": withContainer({ readOnlyRootFilesystem: null }),
      "one that says no": withContainer({ readOnlyRootFilesystem: false }),
    },
    passes: { "on Windows": withContainer({ readOnlyRootFilesystem: null }, windows) },
  },
  {
    control: hostNamespacesUnused,
    offends: {
      "the node's processes": pod({ hostPid: true }),
      "what they share": pod({ hostIpc: true }),
      "the node's network": pod({ hostNetwork: true }),
      "a port of the node": withContainer({ hostPorts: [443] }),
      "the node's network on Windows": pod({ hostNetwork: true, isWindows: true }),
    },
    passes: {},
  },
  { control: hostPathsUnused, offends: { "a path": pod({ hostPaths: ["logs"] }) }, passes: {} },
  {
    control: seccompSet,
    offends: {
      "one that says nothing": withContainer({ seccompProfile: null }),
      "one without any": withContainer({ seccompProfile: "Unconfined" }),
    },
    passes: { "a profile of its own": withContainer({ seccompProfile: "Localhost" }) },
  },
  {
    control: resourceLimitsSet,
    offends: {
      "without CPU": withContainer({ hasCpuLimit: false }),
      "without memory": withContainer({ hasMemoryLimit: false }),
      "without any as the pod starts": withContainer({ hasCpuLimit: false, kind: "init" }),
      "on Windows": withContainer({ hasCpuLimit: false }, windows),
    },
    passes: {
      "one that looks into the pod": withContainer({
        hasCpuLimit: false,
        hasMemoryLimit: false,
        kind: "ephemeral",
      }),
    },
  },
  {
    control: serviceTokensNotMounted,
    offends: { "a token": pod({ hasApiToken: true }) },
    passes: { "workload identity": pod({ hasApiToken: true, usesWorkloadIdentity: true }) },
  },
  {
    control: defaultNamespaceUnused,
    offends: { "a pod there": pod({ namespace: "default", workload: "default/Deployment/api" }) },
    passes: {},
  },
];

/** What a control says of a cluster with this pod. */
function judge(control: Control, one: Pod) {
  const tally = createPodTally();
  tally.take(one);
  const scan = inspected(tally.look("/api/v1/pods"));
  return assess(control, withReading(snapshot(), "inspectedWorkloads", collected(scan)));
}

describe.each(table)("$control.id, by pods themselves", ({ control, offends, passes }) => {
  it("passes a hardened pod", () => {
    expect(judge(control, pod())).toMatchObject({
      kind: "pass",
      evidence: expect.arrayContaining([
        expect.objectContaining({
          path: "/api/v1/pods",
          observed: "no offender named by the Kubernetes API",
        }),
      ]),
    });
  });

  it.each(Object.entries(offends))("fails %s", (_, one) => {
    expect(judge(control, one)).toMatchObject({
      kind: "fail",
      evidence: [{ path: one.workload, observed: "named by the Kubernetes API" }],
    });
  });

  it.each(Object.entries(passes))("passes %s", (_, one) => {
    expect(judge(control, one)).toMatchObject({ kind: "pass" });
  });
});
