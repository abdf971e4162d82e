import { hexOf } from "../ids.ts";
import type { RawObject } from "../world.ts";
import type { WorkloadSpec } from "./inside-spec.ts";
import { kubernetesObject, uidOf } from "./kubernetes-object.ts";

/** An image of the company's registry, by its digest. */
export function imageOf(name: string): string {
  return `contoso.azurecr.io/${name}@sha256:${hexOf(`image ${name}`, 64)}`;
}

const limits = {
  requests: { cpu: "100m", memory: "128Mi" },
  limits: { cpu: "500m", memory: "256Mi" },
} as const;

const memory = { name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "64Mi" } } as const;

/** The pods of a workload, hardened but for what it says otherwise. */
export function podsOf(namespace: string, workload: WorkloadSpec): readonly RawObject[] {
  const replicas = Array.from({ length: workload.replicas ?? 1 }, (_, index) => index);
  return replicas.map((index) => podOf(namespace, workload, index));
}

function podOf(namespace: string, workload: WorkloadSpec, index: number): RawObject {
  const { name, kind, pod, container, volumes = [] } = workload;
  const owner = ownerOf(namespace, workload);
  const image = workload.image ?? imageOf(`${namespace}/${name}`);
  return kubernetesObject(
    "v1",
    "Pod",
    {
      name: podName(workload, owner, index),
      namespace,
      labels: { app: name, ...owner?.labels },
      metadata: owner
        ? {
            generateName: `${owner.name}-`,
            ownerReferences: [
              {
                apiVersion: owner.apiVersion,
                kind: owner.kind,
                name: owner.name,
                uid: uidOf(owner.kind, namespace, owner.name),
                controller: true,
                blockOwnerDeletion: true,
              },
            ],
          }
        : {},
    },
    {
      spec: {
        automountServiceAccountToken: false,
        serviceAccountName: "default",
        serviceAccount: "default",
        nodeName: `aks-apps-${hexOf(namespace, 8)}-vmss00000${index % 3}`,
        restartPolicy: kind === "CronJob" ? "Never" : "Always",
        dnsPolicy: "ClusterFirst",
        enableServiceLinks: true,
        terminationGracePeriodSeconds: 30,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 10001,
          runAsGroup: 10001,
          fsGroup: 10001,
          supplementalGroups: [10001],
          seccompProfile: { type: "RuntimeDefault" },
        },
        containers: [
          {
            name,
            image,
            imagePullPolicy: "IfNotPresent",
            env: [{ name: "LOG_LEVEL", value: "info" }],
            securityContext: {
              privileged: false,
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            },
            resources: limits,
            volumeMounts: [memory, ...volumes].map((volume) => mountOf(String(volume.name))),
            ...container,
          },
        ],
        volumes: [memory, ...volumes],
        ...pod,
      },
      status: { phase: kind === "CronJob" ? "Succeeded" : "Running", qosClass: "Burstable" },
    },
  );
}

function mountOf(name: string): RawObject {
  return { name, mountPath: name === "tmp" ? "/tmp" : `/mnt/${name}` };
}

interface Owner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What made the pods: a Deployment does so by a ReplicaSet, a CronJob by a Job. */
function ownerOf(namespace: string, { kind, name }: WorkloadSpec): Owner | null {
  const hash = hexOf(`${namespace}/${name} template`, 10);
  switch (kind) {
    case "Deployment":
      return {
        apiVersion: "apps/v1",
        kind: "ReplicaSet",
        name: `${name}-${hash}`,
        labels: { "pod-template-hash": hash },
      };
    case "CronJob":
      // Named for the minute it was due.
      return {
        apiVersion: "batch/v1",
        kind: "Job",
        name: `${name}-29418300`,
        labels: { "batch.kubernetes.io/job-name": `${name}-29418300` },
      };
    case "StatefulSet":
    case "DaemonSet":
      return { apiVersion: "apps/v1", kind, name, labels: { "controller-revision-hash": hash } };
    case "Pod":
      return null;
  }
}

function podName({ kind, name }: WorkloadSpec, owner: Owner | null, index: number): string {
  if (!owner) return name;
  return kind === "StatefulSet" ? `${name}-${index}` : `${owner.name}-${hexOf(`${owner.name} ${index}`, 5)}`;
}
