import type { PodImage, SecretUses, WorkloadLook } from "../inspection.ts";
import type { Container, Pod } from "./pod.ts";
import { podRules } from "./pod-rules.ts";
import { saysSecret } from "./secret-name.ts";

/** Entries a list ends after. */
const mostListed = 1_000;
/** Uses that are named of a workload; the rest is counted. */
const mostNamed = 3;

/** Adds pods up as they come, and keeps of them what is told in the end. */
export interface PodTally {
  take(pod: Pod): void;
  /** Pods by namespace that run, or are to run, on the cluster's own network. */
  networkedPods(): ReadonlyMap<string, number>;
  /** An answer for every rule, and how many workloads they are about; `path` is where the pods were listed. */
  look(path: string): WorkloadLook;
  environmentSecrets(): SecretUses;
  /** A Secret that `isSynced` says a driver keeps up in its namespace is no fault of who mounts it. */
  mountedSecrets(isSynced: (namespace: string, secret: string) => boolean): SecretUses;
  /** By name of the image. */
  images(): readonly PodImage[];
}

interface Mounts {
  readonly namespace: string;
  /** Volumes by Secret. */
  readonly volumes: Map<string, string>;
}

export function createPodTally(): PodTally {
  const workloads = new Set<string>();
  const networked = new Map<string, number>();
  const offenders = podRules.map(() => new Set<string>());
  const inEnvironment = new Map<string, Set<string>>();
  const mounted = new Map<string, Mounts>();
  const images = new Map<string, Set<string>>();

  return {
    take(pod) {
      const { namespace, workload } = pod;
      workloads.add(workload);
      if (!pod.hostNetwork && !pod.hasEnded) networked.set(namespace, (networked.get(namespace) ?? 0) + 1);
      podRules.forEach(({ isBroken }, index) => {
        if (isBroken(pod)) offenders[index]?.add(workload);
      });
      for (const use of pod.containers.flatMap(secretsInEnvironment))
        entryOf(inEnvironment, workload, () => new Set()).add(use);
      for (const { secret, volume } of pod.mountedSecrets)
        entryOf(mounted, workload, () => ({ namespace, volumes: new Map() })).volumes.set(secret, volume);
      for (const { image } of pod.containers) entryOf(images, image, () => new Set()).add(workload);
    },
    networkedPods: () => networked,
    look: (path) => ({
      workloads: workloads.size,
      answers: podRules.map(({ definition, parameters }, index) => {
        const found = [...(offenders[index] ?? [])].sort();
        return {
          definition,
          version: null,
          parameters,
          unreadable: [],
          path,
          result: {
            state: "seen",
            offenders: found.slice(0, mostListed),
            isCutOff: found.length > mostListed,
          },
        };
      }),
    }),
    environmentSecrets: () => usesOf(inEnvironment, workloads.size),
    mountedSecrets(isSynced) {
      const unsynced = new Map(
        [...mounted].flatMap(([workload, { namespace, volumes }]) => {
          const uses = [...volumes].filter(([secret]) => !isSynced(namespace, secret));
          const named = uses.map(([secret, volume]) => `volume ${volume}: Secret ${secret}`);
          return named.length > 0 ? [[workload, named] as const] : [];
        }),
      );
      return usesOf(unsynced, workloads.size);
    },
    images: () =>
      [...images]
        .map(([image, users]) => ({ image, path: [...users].sort()[0] ?? "", workloads: users.size }))
        .sort((a, b) => (a.image < b.image ? -1 : 1)),
  };
}

function secretsInEnvironment({ name, variables, secretEnvironments }: Container): readonly string[] {
  return [
    ...secretEnvironments.map((secret) => `container ${name}: all of Secret ${secret}`),
    ...variables.flatMap((variable) => {
      if (variable.secret !== null)
        return [`container ${name}: ${variable.name} from Secret ${variable.secret}`];
      return variable.isLiteral && saysSecret(variable.name)
        ? [`container ${name}: ${variable.name} with its value in the pod`]
        : [];
    }),
  ];
}

function usesOf(byWorkload: ReadonlyMap<string, Iterable<string>>, workloads: number): SecretUses {
  const uses = [...byWorkload]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, mostListed)
    .map(([path, found]) => {
      const named = [...found].sort();
      const more = named.length - mostNamed;
      const text = named.slice(0, mostNamed).join("; ");
      return { path, observed: more > 0 ? `${text}; and ${more} more` : text };
    });
  return { uses, isCutOff: byWorkload.size > mostListed, workloads };
}

function entryOf<T>(map: Map<string, T>, key: string, create: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = create();
  map.set(key, made);
  return made;
}
