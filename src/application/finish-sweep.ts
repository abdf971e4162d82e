import { type AlertEntry, type AlertInput, composeAlert, createWorstEntries } from "../domain/alert.ts";
import { type Control, remediationCommands, severities } from "../domain/control.ts";
import type { Change } from "../domain/drift.ts";
import type { EvidenceValue } from "../domain/facts.ts";
import { distinctGaps, type Gap } from "../domain/gap.ts";
import { addTallies, emptyTally } from "../domain/posture.ts";
import {
  addChanges,
  type BatchSummary,
  type ChangeCounts,
  noChanges,
  type Sweep,
  type SweepPlan,
} from "../domain/sweep.ts";
import type { Evidence } from "../domain/verdict.ts";
import { type AssessedCluster, type AssessmentInput, assessDeparted, assessUnread } from "./assess-fleet.ts";
import { deliverAlerts } from "./deliver-alerts.ts";
import type { SweepDependencies } from "./dependencies.ts";
import { previousSweep } from "./plan-sweep.ts";
import type { FleetSource } from "./ports.ts";
import { gapFrom } from "./source-error.ts";
import { type Stored, storeAssessed } from "./store-assessed.ts";

/** What a batch came to: its summary, or why it never ended. */
export type BatchOutcome = BatchSummary | { readonly batch: number; readonly failure: string };

/** Adds the batches up, settles the subscriptions nobody read, closes the sweep and hands over to alerting. */
export async function finishSweep(
  deps: SweepDependencies,
  plan: SweepPlan,
  outcomes: readonly BatchOutcome[],
): Promise<Sweep> {
  const summaries = outcomes.filter((outcome) => "tally" in outcome);
  const unread = await settleUnread(deps, plan, outcomes);
  const parts: readonly Stored[] = [...summaries, ...unread.stored];

  const sweep: Sweep = {
    ...plan.request,
    finishedAt: deps.clock.now(),
    state: "finished",
    progress: { done: summaries.length, total: plan.batches.length },
    tally: parts.map(({ tally }) => tally).reduce(addTallies, emptyTally),
    changes: parts.map(({ changes }) => changes).reduce(addChanges, noChanges),
    gaps: distinctGaps([...summaries.flatMap(({ gaps }) => gaps), ...unread.gaps]),
    failure: null,
  };
  await deps.archive.writeManifest({
    schema: "midwatch/manifest/1",
    sweep,
    parts: parts.flatMap(({ evidence, drift }) => (drift ? [evidence, drift] : [evidence])),
  });

  // Kept before the sweep counts as finished: a crash in between tells twice at most, never not at all.
  const alert = composeAlert({
    sweep,
    previous: plan.isFirst ? null : await previousSweep(deps, sweep.id),
    ...(await tellableChanges(deps, sweep.id, parts)),
  });
  if (alert) await deps.outbox.put(alert);
  await deps.history.saveSweep(sweep);
  await deps.history.unlock(sweep.id);
  await deliverAlerts(deps);
  deps.log.info("sweep finished", {
    sweepId: sweep.id,
    clusters: sweep.tally.clusters,
    gaps: sweep.gaps.length,
    alert: alert !== null,
  });
  return sweep;
}

interface Unread {
  readonly stored: readonly Stored[];
  readonly gaps: readonly Gap[];
}

/** Subscriptions that Resource Graph did not show, and those of batches that never ended. */
async function settleUnread(
  deps: SweepDependencies,
  plan: SweepPlan,
  outcomes: readonly BatchOutcome[],
): Promise<Unread> {
  const reasons = new Map<string, () => Promise<Gap | null>>();
  const { unlisted } = plan;
  for (const id of plan.unseen) {
    reasons.set(id, async () =>
      unlisted ? { ...unlisted, scope: `/subscriptions/${id}` } : gapUnlessGone(deps.fleet, id),
    );
  }
  for (const batch of plan.batches) {
    const outcome = outcomes.find((one) => one.batch === batch.index);
    if (outcome !== undefined && "tally" in outcome) continue;
    for (const id of batch.subscriptions)
      reasons.set(id, async () => unfinishedGap(id, outcome?.failure ?? "it was not run"));
  }

  const stored: Stored[] = [];
  const gaps: Gap[] = unlisted ? [unlisted] : [];
  for (const [id, reasonFor] of reasons) {
    const gap = await reasonFor();
    if (gap) gaps.push(gap);
    const assessed = await assessRecords(deps, plan, id, gap);
    if (assessed.length > 0) stored.push(await storeAssessed(deps, plan.request, `unread-${id}`, assessed));
  }
  return { stored, gaps };
}

async function assessRecords(
  deps: SweepDependencies,
  plan: SweepPlan,
  subscriptionId: string,
  gap: Gap | null,
): Promise<readonly AssessedCluster[]> {
  const input: AssessmentInput = {
    profile: deps.profile,
    date: plan.request.startedAt.slice(0, 10),
    digest: deps.digest,
  };
  const assessed: AssessedCluster[] = [];
  for await (const before of deps.history.recordsBefore(plan.request.id, [subscriptionId])) {
    if (before.record.presence === "departed") continue;
    assessed.push(gap ? assessUnread(input, before, gap) : assessDeparted(input, before));
  }
  return assessed;
}

async function gapUnlessGone(fleet: FleetSource, subscriptionId: string): Promise<Gap | null> {
  const scope = `/subscriptions/${subscriptionId}`;
  try {
    if ((await fleet.presence(scope)) === "absent") return null;
    return {
      scope,
      reason: "incomplete",
      detail: "Resource Graph leaves the subscription out although ARM has it.",
      remedy: `Grant the monitor the role Reader there: az role assignment create --role Reader --assignee <monitor's identity> --scope ${scope}`,
    };
  } catch (error) {
    return gapFrom(error, scope);
  }
}

function unfinishedGap(subscriptionId: string, failure: string): Gap {
  return {
    scope: `/subscriptions/${subscriptionId}`,
    reason: "unavailable",
    detail: `The batch could not be swept: ${failure}.`,
    remedy: null,
  };
}

/** The changes worth telling: how many of each kind, and the worst of them. */
async function tellableChanges(
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
