import type { Gap } from "../domain/gap.ts";
import type { BatchOutcome, SweepPlan } from "../domain/sweep.ts";
import { type AssessedCluster, type AssessmentInput, assessDeparted, assessUnread } from "./assess-fleet.ts";
import type { SweepDependencies } from "./dependencies.ts";
import type { FleetSource } from "./ports.ts";
import { gapFrom } from "./source-error.ts";
import { type Stored, storeAssessed } from "./store-assessed.ts";

export interface Unread {
  readonly stored: readonly Stored[];
  readonly gaps: readonly Gap[];
}

/** Subscriptions that Resource Graph did not show, and those of batches that never ended. */
export async function settleUnread(
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
