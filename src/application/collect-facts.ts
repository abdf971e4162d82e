import type { FactGroup } from "../domain/facts.ts";
import { unavailable } from "../domain/reading.ts";
import type { FactSource, FurtherReadings, ReadElsewhere } from "./fact-source.ts";
import type { ObservedCluster } from "./ports.ts";
import { gapFrom } from "./source-error.ts";

/** Asks every source that reads a group asked for, all at the same time; answers what they say of a cluster. */
export async function collectFacts(
  sources: readonly FactSource[],
  groups: ReadonlySet<FactGroup>,
  clusters: readonly ObservedCluster[],
  elsewhere: ReadElsewhere,
): Promise<(cluster: ObservedCluster) => FurtherReadings> {
  const asked = sources.filter((source) => source.groups.some((group) => groups.has(group)));
  const answers = await Promise.all(asked.map((source) => readOrExplain(source, clusters, elsewhere)));
  return (cluster) => Object.assign({}, ...answers.map((answer) => answer(cluster)));
}

/** A source that fails as a whole leaves its groups unread for every cluster, each with a gap of its own. */
async function readOrExplain(
  source: FactSource,
  clusters: readonly ObservedCluster[],
  elsewhere: ReadElsewhere,
): Promise<(cluster: ObservedCluster) => FurtherReadings> {
  if (clusters.length === 0) return () => ({});
  try {
    return await source.read(clusters, elsewhere);
  } catch (error) {
    // Throws again what is no SourceError.
    gapFrom(error, "");
    return ({ cluster }) =>
      Object.fromEntries(source.groups.map((group) => [group, unavailable(gapFrom(error, cluster.id))]));
  }
}
