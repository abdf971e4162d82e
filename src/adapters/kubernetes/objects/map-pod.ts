import type { Container, MountedSecret, Pod, Variable } from "../../../domain/pods/pod.ts";
import {
  MalformedPropertyError,
  type Place,
  readBoolean,
  readList,
  readNumber,
  readRequiredText,
  readText,
  readTexts,
} from "../../row.ts";
import { at, hasBlock, labelAt } from "./field.ts";

// Meanings of absent fields, here and below: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/

/** Where the API server mounts a token unless the pod or its service account asks for none (https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/). */
const tokenPath = /^\/var\/run\/secrets\/kubernetes\.io\/serviceaccount\/?$/;

/** @throws MalformedPropertyError */
export function mapPod(root: Place): Pod {
  const namespace = readRequiredText(at(root, "metadata.namespace"));
  const spec = at(root, "spec");
  const containers = [
    ...containersIn(at(spec, "containers"), "container"),
    ...containersIn(at(spec, "initContainers"), "init"),
    ...containersIn(at(spec, "ephemeralContainers"), "ephemeral"),
  ];
  if (containers.length === 0)
    throw new MalformedPropertyError("spec.containers", at(spec, "containers").value, "a list of containers");
  const volumes = readList(at(spec, "volumes")) ?? [];
  const labels = at(root, "metadata.labels");
  return {
    namespace,
    workload: `${namespace}/${controllerOf(root)}`,
    isWindows: runsOnWindows(spec),
    usesWorkloadIdentity: readText(labelAt(labels, "azure.workload.identity/use")) === "true",
    hasApiToken: hasApiToken(spec, containers),
    hasEnded: ["Succeeded", "Failed"].includes(readText(at(root, "status.phase")) ?? ""),
    hostPid: readBoolean(at(spec, "hostPID")) ?? false,
    hostIpc: readBoolean(at(spec, "hostIPC")) ?? false,
    hostNetwork: readBoolean(at(spec, "hostNetwork")) ?? false,
    hostPaths: volumes.flatMap((volume) =>
      hasBlock(at(volume, "hostPath")) ? [readRequiredText(at(volume, "name"))] : [],
    ),
    mountedSecrets: volumes.flatMap(secretsIn),
    containers: containers.map(({ kind, place }) => mapContainer(place, kind, at(spec, "securityContext"))),
  };
}

interface ContainerPlace {
  readonly kind: Container["kind"];
  readonly place: Place;
}

function containersIn(list: Place, kind: Container["kind"]): readonly ContainerPlace[] {
  return (readList(list) ?? []).map((place) => ({ kind, place }));
}

/**
 * As `kind/name`. A ReplicaSet that a Deployment made is named after it and the hash of its pods; a Job that a CronJob
 * made after it and the minute it was due (github.com/kubernetes/kubernetes, `pkg/controller/cronjob/utils.go`), which
 * would be another name every night.
 */
function controllerOf(root: Place): string {
  const owners = readList(at(root, "metadata.ownerReferences")) ?? [];
  const controller = owners.find((owner) => readBoolean(at(owner, "controller")) === true);
  const kind = controller && readRequiredText(at(controller, "kind"));
  // The kubelet starts some pods from files of its own: their node owns them, and is no workload.
  if (controller === undefined || kind === "Node")
    return `Pod/${readRequiredText(at(root, "metadata.name"))}`;
  const name = readRequiredText(at(controller, "name"));
  const hash = readText(labelAt(at(root, "metadata.labels"), "pod-template-hash"));
  if (kind === "ReplicaSet" && hash !== null && name.endsWith(`-${hash}`))
    return `Deployment/${name.slice(0, -hash.length - 1)}`;
  const createdOn = Date.parse(readText(at(root, "metadata.creationTimestamp")) ?? "");
  const [, made = "", dueOn = ""] = (kind === "Job" && /^(.+)-(\d+)$/.exec(name)) || [];
  const lateByInMinutes = createdOn / 60_000 - Number(dueOn);
  return made !== "" && lateByInMinutes > -2 && lateByInMinutes < mostLateInMinutes
    ? `CronJob/${made}`
    : `${kind}/${name}`;
}

/** A Job may start late, and start pods again; a number that is no minute of those days is a name. */
const mostLateInMinutes = 7 * 24 * 60;

/** `spec.os` is often left out, but pods that have to run on Windows choose nodes by this label (https://learn.microsoft.com/azure/aks/learn/quick-windows-container-deploy-cli). */
function runsOnWindows(spec: Place): boolean {
  const chosen = labelAt(at(spec, "nodeSelector"), "kubernetes.io/os");
  return (readText(at(spec, "os.name")) ?? readText(chosen)) === "windows";
}

/**
 * The API server mounts the token into the containers as it takes the pod in, so that a pod which says nothing tells by
 * its mounts what its service account said. One that asks for the token has it.
 */
function hasApiToken(spec: Place, containers: readonly ContainerPlace[]): boolean {
  const asked = readBoolean(at(spec, "automountServiceAccountToken"));
  if (asked !== null) return asked;
  return containers.some(({ place }) =>
    (readList(at(place, "volumeMounts")) ?? []).some((mount) =>
      tokenPath.test(readText(at(mount, "mountPath")) ?? ""),
    ),
  );
}

/** What only the mesh's own side of a pod mounts: certificates of Istio and Envoy, by the names their injectors give them. */
const meshSecrets = /^(?:istio[.-]|cacerts$|envoy-bootstrap-config-|linkerd-)/;

function secretsIn(volume: Place): readonly MountedSecret[] {
  const sources = readList(at(volume, "projected.sources")) ?? [];
  const secret = at(volume, "secret");
  const names = [
    ...(hasBlock(secret) ? [readRequiredText(at(secret, "secretName"))] : []),
    ...sources.flatMap((source) =>
      hasBlock(at(source, "secret")) ? [readRequiredText(at(source, "secret.name"))] : [],
    ),
  ];
  if (names.length === 0) return [];
  const name = readRequiredText(at(volume, "name"));
  return names.filter((one) => !meshSecrets.test(one)).map((one) => ({ volume: name, secret: one }));
}

function mapContainer(place: Place, kind: Container["kind"], ofPod: Place): Container {
  const own = at(place, "securityContext");
  const limits = at(place, "resources.limits");
  const variables = readList(at(place, "env")) ?? [];
  const sources = readList(at(place, "envFrom")) ?? [];
  const ports = readList(at(place, "ports")) ?? [];
  return {
    name: readRequiredText(at(place, "name")),
    kind,
    image: readRequiredText(at(place, "image")),
    privileged: readBoolean(at(own, "privileged")),
    allowPrivilegeEscalation: readBoolean(at(own, "allowPrivilegeEscalation")),
    runAsUser: readNumber(at(own, "runAsUser")) ?? readNumber(at(ofPod, "runAsUser")),
    runAsNonRoot: readBoolean(at(own, "runAsNonRoot")) ?? readBoolean(at(ofPod, "runAsNonRoot")),
    readOnlyRootFilesystem: readBoolean(at(own, "readOnlyRootFilesystem")),
    addedCapabilities: readTexts(at(own, "capabilities.add")) ?? [],
    droppedCapabilities: readTexts(at(own, "capabilities.drop")) ?? [],
    seccompProfile: readText(at(own, "seccompProfile.type")) ?? readText(at(ofPod, "seccompProfile.type")),
    hostPorts: ports.map((port) => readNumber(at(port, "hostPort")) ?? 0).filter((port) => port !== 0),
    hasCpuLimit: isLimit(at(limits, "cpu")),
    hasMemoryLimit: isLimit(at(limits, "memory")),
    variables: variables.map(mapVariable),
    secretEnvironments: sources.flatMap((source) =>
      hasBlock(at(source, "secretRef")) ? [readRequiredText(at(source, "secretRef.name"))] : [],
    ),
  };
}

/** Of the value nothing is kept but that there is one. */
function mapVariable(place: Place): Variable {
  const value = readText(at(place, "value"));
  const reference = at(place, "valueFrom.secretKeyRef");
  return {
    name: readRequiredText(at(place, "name")),
    secret: hasBlock(reference) ? readRequiredText(at(reference, "name")) : null,
    isLiteral: value !== null && !/^(?:true|false|\$\([^)]*\))$/i.test(value),
  };
}

/** A quantity of nothing limits nothing. Numbers come as text, and are taken as what they are. */
function isLimit({ path, value }: Place): boolean {
  if (typeof value === "number") return value > 0;
  const text = readText({ path, value });
  return text !== null && !/^[+-]?0*(?:\.0*)?(?:[eE][+-]?\d+)?[A-Za-z]*$/.test(text);
}
