import type { Inspected, SecretUses } from "../domain/inspection.ts";
import { type Evidence, isSome, notApplicable, pass, unknown, type Verdict } from "../domain/verdict.ts";
import { noPods, podList } from "./kubernetes-lists.ts";

/** Judges one of the ways by which pods come by secrets: it is to be unused. */
export function judgePodSecrets(secrets: Inspected<SecretUses>, expected: string): Verdict {
  if (secrets.state === "notInspected") return unknown(secrets.reason);
  const { uses, isCutOff, workloads } = secrets.value;
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
