import type { FactSource } from "../src/application/fact-source.ts";

/** Samples the sources that read one of these groups. */
export function sampleSources(
  sources: readonly FactSource[],
  sampled: ReadonlySet<string>,
): readonly FactSource[] {
  return sources.map((source) =>
    source.groups.some((group) => sampled.has(group)) ? sampledSource(source) : source,
  );
}

/**
 * A source that reads the first cluster of each batch and says the same of all others. What is made of the readings
 * stays the same work; what is left out are reads of Resource Manager, of which a night has several for every cluster.
 */
function sampledSource(source: FactSource): FactSource {
  return {
    ...source,
    async read(...[clusters, ...others]: Parameters<FactSource["read"]>) {
      const [first] = clusters;
      if (first === undefined) return () => ({});
      const readings = (await source.read([first], ...others))(first);
      return () => readings;
    },
  };
}
