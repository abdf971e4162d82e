import type { VulnerableSoftware } from "../../../domain/defender-facts.ts";
import { isObject } from "../../json-object.ts";

/** What is kept of thousands of findings: a report names these, and counts the rest. */
const mostSoftware = 5;
const mostCves = 3;

const ranks: readonly string[] = ["critical", "high"];

/** A finding as Azure has it: its CVEs are JSON in a string. */
export interface FoundSoftware extends Omit<VulnerableSoftware, "cves"> {
  readonly cves: unknown;
}

/** Keeps the worst few of any number of findings. */
export interface WorstSoftware {
  take(found: FoundSoftware): void;
  /** Worst first. */
  list(): readonly VulnerableSoftware[];
}

interface Kept {
  readonly rank: number;
  readonly score: number;
  readonly software: VulnerableSoftware;
}

export function createWorstSoftware(): WorstSoftware {
  let kept: readonly Kept[] = [];
  return {
    take({ cves, ...software }) {
      const rank = ranks.indexOf(software.severity.toLowerCase());
      const worstCves = mapCves(cves);
      const one = {
        rank: rank < 0 ? ranks.length : rank,
        score: worstCves[0]?.score ?? 0,
        software: { ...software, cves: worstCves.slice(0, mostCves).map(({ id }) => id) },
      };
      kept = [...kept, one].sort(byWeight).slice(0, mostSoftware);
    },
    list: () => kept.map(({ software }) => software),
  };
}

/** By severity, then by the score of the worst CVE, then by id, so that the order of pages decides nothing. */
function byWeight(a: Kept, b: Kept): number {
  return a.rank - b.rank || b.score - a.score || (a.software.path < b.software.path ? -1 : 1);
}

/** The first of several scores is the one Defender goes by. A finding whose CVEs cannot be read stands without them. */
function mapCves(text: unknown): readonly { readonly id: string; readonly score: number }[] {
  const list = typeof text === "string" ? parse(text) : text;
  if (!Array.isArray(list)) return [];
  return list
    .flatMap((cve: unknown) => {
      if (!isObject(cve) || typeof cve.CveId !== "string") return [];
      const [first]: readonly unknown[] = Array.isArray(cve.Cvss) ? cve.Cvss : [];
      const value = isObject(first) && isObject(first.Value) ? first.Value.Base : undefined;
      return [{ id: cve.CveId, score: typeof value === "number" ? value : 0 }];
    })
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut off or otherwise broken: there is nothing to name.
    return null;
  }
}
