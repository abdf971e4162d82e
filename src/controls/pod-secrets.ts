import type { Facts } from "../domain/facts.ts";
import { type Evidence, isSome, notApplicable, pass, unknown, type Verdict } from "../domain/verdict.ts";
import { noPods, podList } from "./kubernetes-lists.ts";

/** Judges one of the ways by which pods come by secrets: it is to be unused. */
export function judgePodSecrets(
  podSecrets: Facts["podSecrets"],
  list: "inEnvironment" | "mounted",
  expected: string,
): Verdict {
  if (podSecrets.state === "notInspected") return unknown(podSecrets.reason);
  const { [list]: uses, isCutOff, workloads } = podSecrets.value;
  const offenders: readonly Evidence[] = uses.map(({ path, observed }) => ({ path, observed, expected }));
  if (isSome(offenders))
    return {
      kind: "fail",
      evidence: offenders,
      reason: isCutOff ? "There may be more workloads like these: the list ends here." : null,
    };
  return workloads === 0
    ? notApplicable(noPods)
    : pass({ path: podList, observed: `${workloads} workloads, none that does`, expected });
}
