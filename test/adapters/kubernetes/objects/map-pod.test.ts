import { describe, expect, it } from "vitest";
import { mapPod } from "../../../../src/adapters/kubernetes/objects/map-pod.ts";
import type { RawObject } from "../../../../src/emulator/estate/world.ts";
import { rawContainer, rawPod } from "../support/raw-objects.ts";

const map = (raw: RawObject) => mapPod({ path: "", value: raw });
const ofContainer = (container: RawObject, spec: RawObject = {}) =>
  map(rawPod({ container, spec })).containers[0];

function owned(kind: string, name: string, labels: RawObject = {}): RawObject {
  return rawPod({
    metadata: {
      labels,
      ownerReferences: [
        { kind: "Thing", name: "bystander" },
        { kind, name, controller: true },
      ],
    },
  });
}

describe("the workload of a pod", () => {
  it.each([
    [
      "the Deployment of its ReplicaSet",
      owned("ReplicaSet", "api-5d9f8c7b66", { "pod-template-hash": "5d9f8c7b66" }),
      "web/Deployment/api",
    ],
    ["a ReplicaSet that nothing made", owned("ReplicaSet", "api"), "web/ReplicaSet/api"],
    [
      "a ReplicaSet of another hash",
      owned("ReplicaSet", "api-1", { "pod-template-hash": "5d9f8c7b66" }),
      "web/ReplicaSet/api-1",
    ],
    ["a StatefulSet", owned("StatefulSet", "store"), "web/StatefulSet/store"],
    ["a Job", owned("Job", "report-29418300"), "web/Job/report-29418300"],
    ["the pod itself on a node that runs it by a file", owned("Node", "aks-apps-1"), "web/Pod/api-1"],
    ["the pod itself without an owner", rawPod(), "web/Pod/api-1"],
  ])("is %s", (_, raw, workload) => {
    expect(map(raw).workload).toBe(workload);
  });
});

describe("the Job of a pod", () => {
  // 29,418,300 minutes after 1970 it was 2025-12-07T09:00Z.
  it.each([
    ["report-29418300", "2025-12-07T09:00:04Z", "web/CronJob/report"],
    ["report-29418300", "2025-12-09T09:00:00Z", "web/CronJob/report"],
    ["report-29418300", "2026-01-07T09:00:00Z", "web/Job/report-29418300"],
    ["report-29418300", "2025-12-07T08:00:00Z", "web/Job/report-29418300"],
    ["migrate-20251207", "2025-12-07T09:00:04Z", "web/Job/migrate-20251207"],
    ["migrate-1", "2025-12-07T09:00:04Z", "web/Job/migrate-1"],
    ["29418300", "2025-12-07T09:00:04Z", "web/Job/29418300"],
  ])("%s, created on %s, stands for %s", (name, creationTimestamp, workload) => {
    const ownerReferences = [{ kind: "Job", name, controller: true }];
    expect(map(rawPod({ metadata: { creationTimestamp, ownerReferences } })).workload).toBe(workload);
  });
});

describe("a pod", () => {
  it("shows its containers, those that start it and those that look into it", () => {
    const spec = {
      initContainers: [rawContainer({ name: "prepare" })],
      ephemeralContainers: [{ name: "debug", image: "busybox" }],
    };
    expect(map(rawPod({ spec })).containers.map(({ name, kind }) => [name, kind])).toEqual([
      ["api", "container"],
      ["prepare", "init"],
      ["debug", "ephemeral"],
    ]);
  });

  it.each([
    ["says so", { os: { name: "windows" } }, true],
    ["chooses such nodes", { nodeSelector: { "kubernetes.io/os": "windows" } }, true],
    ["says Linux", { os: { name: "linux" }, nodeSelector: { "kubernetes.io/os": "windows" } }, false],
    ["says nothing", {}, false],
  ])("that %s is of Windows or not", (_, spec, isWindows) => {
    expect(map(rawPod({ spec })).isWindows).toBe(isWindows);
  });

  const token = {
    volumeMounts: [{ name: "kube-api-access", mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" }],
  };
  it.each([
    ["asked for", { automountServiceAccountToken: true }, {}, true],
    ["turned down", { automountServiceAccountToken: false }, token, false],
    ["mounted since nobody said otherwise", { automountServiceAccountToken: null }, token, true],
    [
      "not mounted since its service account asks for none",
      { automountServiceAccountToken: null },
      {},
      false,
    ],
  ])("has a token that is %s", (_, spec, container, hasApiToken) => {
    expect(map(rawPod({ spec, container })).hasApiToken).toBe(hasApiToken);
  });

  it.each([
    [{ "azure.workload.identity/use": "true" }, true],
    [{ "azure.workload.identity/use": "false" }, false],
    [{}, false],
  ])("with the labels %j uses workload identity or not", (labels, uses) => {
    expect(map(rawPod({ metadata: { labels } })).usesWorkloadIdentity).toBe(uses);
  });

  it.each([
    ["Running", false],
    ["Pending", false],
    ["Succeeded", true],
    ["Failed", true],
  ])("in phase %s has ended or not", (phase, hasEnded) => {
    expect(map(rawPod({ status: { phase } })).hasEnded).toBe(hasEnded);
  });

  it("shows paths of its node and Secrets among its volumes, but for those of a mesh", () => {
    const volumes = [
      { name: "logs", hostPath: { path: "/var/log" } },
      { name: "tmp", emptyDir: {} },
      { name: "tls", secret: { secretName: "web-tls" } },
      {
        name: "all",
        projected: { sources: [{ secret: { name: "database" } }, { configMap: { name: "c" } }] },
      },
      { name: "mesh", secret: { secretName: "istio.default" } },
      { name: "vault", csi: { driver: "secrets-store.csi.k8s.io" } },
    ];
    expect(map(rawPod({ spec: { volumes } }))).toMatchObject({
      hostPaths: ["logs"],
      mountedSecrets: [
        { volume: "tls", secret: "web-tls" },
        { volume: "all", secret: "database" },
      ],
    });
  });
});

describe("a container", () => {
  it("says for itself what the pod says for all", () => {
    expect(
      ofContainer({ securityContext: { runAsUser: 0, seccompProfile: { type: "Unconfined" } } }),
    ).toMatchObject({
      runAsUser: 0,
      runAsNonRoot: true,
      seccompProfile: "Unconfined",
    });
    expect(ofContainer({ securityContext: {} })).toMatchObject({
      runAsUser: 10001,
      seccompProfile: "RuntimeDefault",
    });
  });

  it.each([
    [{ cpu: "1", memory: "1Gi" }, true, true],
    [{ cpu: 1, memory: 1024 }, true, true],
    [{ cpu: "0.5" }, true, false],
    [{ cpu: "0", memory: "0Gi" }, false, false],
    [{ cpu: "0m", memory: "0e3" }, false, false],
    [{ cpu: "100m", memory: "1e9" }, true, true],
    [{}, false, false],
  ])("with the limits %j is limited or not", (limits, hasCpuLimit, hasMemoryLimit) => {
    expect(ofContainer({ resources: { limits } })).toMatchObject({ hasCpuLimit, hasMemoryLimit });
  });

  it("listens on the ports of its node that it names", () => {
    const ports = [
      { containerPort: 80 },
      { containerPort: 80, hostPort: 0 },
      { containerPort: 80, hostPort: 8080 },
    ];
    expect(ofContainer({ ports })?.hostPorts).toEqual([8080]);
  });

  it("shows where its environment comes from, and never a value", () => {
    const secret = "s3cr3t-value";
    const mapped = ofContainer({
      env: [
        { name: "A", value: secret },
        { name: "B", value: "true" },
        { name: "C", value: "$(A)" },
        { name: "D", valueFrom: { secretKeyRef: { name: "database", key: "password" } } },
        { name: "E", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
        { name: "F" },
      ],
      envFrom: [{ secretRef: { name: "all" } }, { configMapRef: { name: "settings" } }],
    });
    expect(mapped?.variables).toEqual([
      { name: "A", secret: null, isLiteral: true },
      { name: "B", secret: null, isLiteral: false },
      { name: "C", secret: null, isLiteral: false },
      { name: "D", secret: "database", isLiteral: false },
      { name: "E", secret: null, isLiteral: false },
      { name: "F", secret: null, isLiteral: false },
    ]);
    expect(mapped?.secretEnvironments).toEqual(["all"]);
    expect(JSON.stringify(mapped)).not.toContain(secret);
  });
});

describe("a malformed pod", () => {
  it.each([
    ["without a namespace", { ...rawPod(), metadata: { name: "x" } }, "metadata.namespace is absent"],
    ["without a spec", { ...rawPod(), spec: undefined }, "spec.containers is absent"],
    ["without containers", rawPod({ spec: { containers: [] } }), "spec.containers is a list"],
    ["with containers of a wrong type", rawPod({ spec: { containers: {} } }), "spec.containers is an object"],
    [
      "with a container of a wrong type",
      rawPod({ spec: { containers: ["api"] } }),
      "spec.containers[0] is a string",
    ],
    [
      "with a text for a yes or no",
      rawPod({ container: { securityContext: { privileged: "true" } } }),
      "privileged is a string",
    ],
    [
      "with a text for a user",
      rawPod({ spec: { securityContext: { runAsUser: "0" } }, container: { securityContext: {} } }),
      "runAsUser is a string",
    ],
    ["with a list for a network", rawPod({ spec: { hostNetwork: [] } }), "spec.hostNetwork is a list"],
    ["with labels of a wrong type", rawPod({ metadata: { labels: "web" } }), "metadata.labels is a string"],
    [
      "with volumes of a wrong type",
      rawPod({ spec: { volumes: [{ name: "x", hostPath: "/var" }] } }),
      "hostPath is a string",
    ],
    [
      "with a Secret without a name",
      rawPod({ spec: { volumes: [{ name: "x", secret: {} }] } }),
      "secret.secretName is absent",
    ],
  ])("%s is none", (_, raw, detail) => {
    expect(() => map(raw)).toThrow(detail);
  });
});
