/** What is looked at of a pod; never a value of its environment. */
export interface Pod {
  readonly namespace: string;
  /** As `namespace/kind/name`: the controller where there is one, else the pod. */
  readonly workload: string;
  /** It says so itself, or runs on Windows nodes alone. */
  readonly isWindows: boolean;
  /** It has the label by which workload identity gives it a token of another kind. */
  readonly usesWorkloadIdentity: boolean;
  /** A token for the Kubernetes API lies in one of its containers. */
  readonly hasApiToken: boolean;
  /** It ran to its end. */
  readonly hasEnded: boolean;
  readonly hostPid: boolean;
  readonly hostIpc: boolean;
  readonly hostNetwork: boolean;
  /** Volumes that are paths of its node, by name. */
  readonly hostPaths: readonly string[];
  readonly mountedSecrets: readonly MountedSecret[];
  /** Those that start it, run in it and look into it. */
  readonly containers: readonly Container[];
}

/** A Secret of Kubernetes as a volume, or a part of one. */
export interface MountedSecret {
  readonly volume: string;
  readonly secret: string;
}

/** Of what both a pod and its containers may say, what holds for the container. */
export interface Container {
  readonly name: string;
  readonly kind: "container" | "init" | "ephemeral";
  /** As the pod names it. */
  readonly image: string;
  readonly privileged: boolean | null;
  readonly allowPrivilegeEscalation: boolean | null;
  readonly runAsUser: number | null;
  readonly runAsNonRoot: boolean | null;
  readonly readOnlyRootFilesystem: boolean | null;
  readonly addedCapabilities: readonly string[];
  readonly droppedCapabilities: readonly string[];
  /** Such as `RuntimeDefault`. */
  readonly seccompProfile: string | null;
  /** Ports of the node it listens on. */
  readonly hostPorts: readonly number[];
  readonly hasCpuLimit: boolean;
  readonly hasMemoryLimit: boolean;
  readonly variables: readonly Variable[];
  /** Secrets that are its environment as a whole. */
  readonly secretEnvironments: readonly string[];
}

/** A variable of a container's environment. */
export interface Variable {
  readonly name: string;
  /** The Secret it comes from; else null. */
  readonly secret: string | null;
  /** Its value stands in the pod, and is more than a yes, a no or another variable's. */
  readonly isLiteral: boolean;
}
