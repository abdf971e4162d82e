import { guidOf } from "../ids.ts";
import type { RawObject } from "../world.ts";

interface Named {
  readonly name: string;
  /** None for what lies outside of them. */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Further metadata. */
  readonly metadata?: RawObject;
}

/** Labels by which AKS marks what it keeps as it is. */
export const keptByAks = {
  "addonmanager.kubernetes.io/mode": "Reconcile",
  "kubernetes.io/cluster-service": "true",
} as const satisfies Readonly<Record<string, string>>;

/** An object as `kubectl get -o json` shows it, with an identifier that is the same on every run. */
export function kubernetesObject(
  apiVersion: string,
  kind: string,
  { name, namespace, labels, metadata }: Named,
  rest: RawObject,
): RawObject {
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      uid: uidOf(kind, namespace ?? "", name),
      resourceVersion: "4711",
      creationTimestamp: "2026-09-14T08:12:31Z",
      ...(labels && { labels }),
      ...metadata,
    },
    ...rest,
  };
}

/** The identifier of an object, for those that it owns to name. */
export function uidOf(kind: string, namespace: string, name: string): string {
  return guidOf(`${kind} ${namespace}/${name}`);
}
