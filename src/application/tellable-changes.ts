import { type AlertEntry, type AlertInput, createWorstEntries } from "../domain/alert.ts";
import type { Control } from "../domain/control.ts";
import type { Change } from "../domain/drift.ts";
import { remediationCommands } from "../domain/remediation.ts";
import type { EvidenceValue } from "../domain/setting.ts";
import { severities } from "../domain/severity.ts";
import { addChanges, type ChangeCounts, noChanges } from "../domain/sweep.ts";
import type { Evidence } from "../domain/verdict.ts";
import type { SweepDependencies } from "./dependencies.ts";
import type { Stored } from "./store-assessed.ts";

/** The changes worth telling: how many of each kind, and the worst of them. */
export async function tellableChanges(
  deps: SweepDependencies,
  sweepId: string,
  parts: readonly Stored[],
): Promise<Pick<AlertInput, "told" | "worst">> {
  const controls = new Map(deps.profile.controls.map(({ control }) => [control.id, control]));
  const worst = createWorstEntries();
  let told: ChangeCounts = noChanges;
  for (const { drift } of parts) {
    if (!drift) continue;
    for await (const line of deps.archive.readPart(sweepId, drift.name)) {
      // Written by storeAssessed from exactly this type.
      const change = JSON.parse(line) as Change;
      if (!isTold(deps, change)) continue;
      told = addChanges(told, { ...noChanges, [change.status]: 1 });
      worst.add(entryOf(change, controls.get(change.finding.control)));
    }
  }
  return { told, worst: worst.list() };
}

function isTold({ alertThreshold }: SweepDependencies, { finding }: Change): boolean {
  return severities.indexOf(finding.severity) <= severities.indexOf(alertThreshold);
}

/** A control that left the profile since still has a name to tell it by. */
function entryOf({ status, cluster, finding }: Change, control: Control | undefined): AlertEntry {
  const { verdict } = finding;
  const isFailure = verdict.kind === "fail" && control !== undefined;
  return {
    status,
    severity: finding.severity,
    clusterId: cluster.id,
    clusterName: cluster.name,
    control: finding.control,
    title: control?.title ?? finding.control,
    seen:
      verdict.evidence.length > 0 ? verdict.evidence.slice(0, 3).map(sentenceOf) : reasonOf(verdict.reason),
    since: finding.since,
    commands: isFailure ? remediationCommands(control, cluster, verdict.evidence).slice(0, 3) : [],
  };
}

function sentenceOf({ path, observed, expected }: Evidence): string {
  const seen = observed === null ? "is not set" : `is ${wordOf(observed)}`;
  return `${path} ${seen}, expected ${wordOf(expected)}`;
}

function wordOf(value: EvidenceValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function reasonOf(reason: string | null): readonly string[] {
  return reason === null ? [] : [reason];
}
