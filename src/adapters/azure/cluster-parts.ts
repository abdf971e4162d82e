import { mapAnswer } from "../map-answer.ts";
import type { Patience } from "../patience.ts";
import type { Place } from "../row.ts";
import { readArmList } from "./arm-list.ts";
import { type ArmPace, createArmPace } from "./arm-pace.ts";
import type { Request } from "./ask.ts";
import { readIfPresent } from "./presence.ts";
import { grantRole } from "./remedies.ts";
import type { ResourceManager } from "./resource-manager.ts";

/** What Resource Manager keeps under a cluster's id: one resource, or a list of them. */
export interface ClusterPart<T> {
  /** Below the cluster's id, such as `maintenanceConfigurations`. */
  readonly path: string;
  readonly apiVersion: string;
  /** As in `the maintenance configurations`. */
  readonly what: string;
  /** Reads one resource. @throws MalformedPropertyError */
  readonly map: (resource: Place) => T;
}

/** Reads such parts. Both throw SourceError. */
export interface ClusterParts {
  list<T>(clusterId: string, part: ClusterPart<T>): Promise<readonly T[]>;
  /** Null when Resource Manager says in its own words that there is none. */
  single<T>(clusterId: string, part: ClusterPart<T>): Promise<T | null>;
}

export function createClusterParts(
  arm: ResourceManager,
  patience: Patience,
  pace: ArmPace = createArmPace(),
): ClusterParts {
  const turn = (clusterId: string) => pace.turn(/^\/subscriptions\/([^/]+)/i.exec(clusterId)?.[1] ?? "");

  function requestFor(clusterId: string, { what, path, apiVersion }: ClusterPart<unknown>): Request {
    return {
      task: `${what} of ${clusterId}`,
      remedy: grantRole("Reader", clusterId),
      send: arm.get(`${clusterId}/${path}`, apiVersion),
    };
  }
  return {
    async list(clusterId, part) {
      const { send: first, ...request } = requestFor(clusterId, part);
      await turn(clusterId);
      const entries = await readArmList(arm, { ...request, first }, patience);
      return mapAnswer(request.task, () =>
        entries.map((value, index) => part.map({ path: `value[${index}]`, value })),
      );
    },
    async single(clusterId, part) {
      const request = requestFor(clusterId, part);
      await turn(clusterId);
      const value = await readIfPresent(request, patience);
      return value === null ? null : mapAnswer(request.task, () => part.map({ path: "", value }));
    },
  };
}
