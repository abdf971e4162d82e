import { createFleetSource } from "../../src/adapters/azure/fleet-source.ts";
import { collectFacts } from "../../src/application/collect-facts.ts";
import { collectMachines } from "../../src/application/collect-machines.ts";
import type { FurtherGroup, FurtherReadings, ReadElsewhere } from "../../src/application/fact-source.ts";
import type { ObservedCluster } from "../../src/application/ports.ts";
import { createTenantReader } from "../../src/application/tenant-reader.ts";
import { createFactSources } from "../../src/composition/fact-sources.ts";
import { collected } from "../../src/domain/reading.ts";
import type { EmulatedAzure } from "../../src/emulator/azure.ts";
import type { ListedWorld } from "../../src/emulator/estate/world.ts";
import type { Fault } from "../../src/emulator/faults.ts";
import { type AccessChanges, emulatedAccess } from "./emulated-access.ts";
import { listed } from "./outcomes.ts";
import { payments, search } from "./world-small.ts";

/** What was read of some clusters, and what was asked for it. */
export interface ReadFacts {
  /** By name of the cluster. */
  readonly of: (name: string) => FurtherReadings;
  /** What was asked of the emulated Azure by the source under test. */
  readonly requests: EmulatedAzure["requests"];
}

/** For sources that look at no machine; of the tenant they read what they need. */
export function nothingElsewhere(): ReadElsewhere {
  return { machines: Promise.resolve(() => collected([])), tenant: createTenantReader() };
}

/** Reads one group of facts of all clusters that can be read in some subscriptions of a world, through Azure's own clients. */
export async function readFacts(
  group: FurtherGroup,
  world: ListedWorld,
  faults: readonly Fault[] = [],
  changes: AccessChanges = {},
  subscriptionIds: readonly string[] = [payments, search],
): Promise<ReadFacts> {
  const { access, azure } = emulatedAccess(world, changes);
  const items = await listed(createFleetSource(access).clusters(subscriptionIds));
  const clusters = items.filter((item): item is ObservedCluster => "readings" in item);
  azure.clearRequests();
  for (const fault of faults) azure.faults.add(fault);
  const groups = new Set([group]);
  const elsewhere =
    group === "nodeIdentities"
      ? {
          ...nothingElsewhere(),
          machines: collectMachines(createFleetSource(access), subscriptionIds, clusters, groups),
        }
      : nothingElsewhere();
  const read = await collectFacts(createFactSources(access), groups, clusters, elsewhere);
  return {
    requests: azure.requests,
    of(name) {
      const cluster = clusters.find((one) => one.cluster.name === name);
      if (cluster === undefined) throw new Error(`There is no cluster ${name} here.`);
      return read(cluster);
    },
  };
}
