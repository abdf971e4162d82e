import type { Gap } from "../domain/gap.ts";
import type { BatchOutcome, SweepPlan } from "../domain/sweep.ts";
import { type Ask, createAsk } from "./ask-until-silent.ts";
import {
  type AssessedCluster,
  type AssessmentInput,
  assessDeparted,
  assessUnread,
  wasLiving,
} from "./assess-fleet.ts";
import type { SweepDependencies } from "./dependencies.ts";
import type { FleetSource, RecordBefore } from "./ports.ts";
import { SourceError } from "./source-error.ts";
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
  const { unlisted } = plan;
  const ask = createAsk();
  const stored: Stored[] = [];
  const gaps: Gap[] = unlisted ? [unlisted] : [];
  const settle = async (
    id: string,
    settleGap: (isRemembered: boolean) => Promise<Gap | "gone" | "outside">,
  ) => {
    const remembered = await rememberedClusters(deps, plan, id);
    const gap = await settleGap(remembered.length > 0);
    if (gap === "outside") return;
    if (gap !== "gone") gaps.push(gap);
    const assessed = remembered.map((one) => assessOne(deps, plan, one, gap));
    if (assessed.length > 0) stored.push(await storeAssessed(deps, plan.request, `unread-${id}`, assessed));
  };

  const elsewhere = unlisted ? new Set<string>() : await shownElsewhere(deps, plan);
  for (const id of plan.unseen) {
    const scope = `/subscriptions/${id}`;
    await settle(id, async (isRemembered) => {
      if (unlisted) return { ...unlisted, scope };
      return elsewhere.has(id) ? "outside" : askFor(deps.fleet, ask, scope, isRemembered);
    });
  }
  for (const batch of plan.batches) {
    const outcome = outcomes.find((one) => one.batch === batch.index);
    if (outcome !== undefined && "tally" in outcome) continue;
    for (const id of batch.subscriptions)
      await settle(id, async () => unfinishedGap(id, outcome?.failure ?? "it was not run"));
  }
  return { stored, gaps };
}

/**
 * Subscriptions that Resource Graph shows by name though not under the management groups that were asked for: tonight is
 * not about them. One that it does not show at all may have been left out, under those groups or not.
 */
async function shownElsewhere(
  { fleet, log }: SweepDependencies,
  { request, unseen }: SweepPlan,
): Promise<ReadonlySet<string>> {
  if (request.scope.managementGroups.length === 0 || unseen.length === 0) return new Set();
  try {
    const shown = await fleet.subscriptions({ subscriptions: unseen, managementGroups: [] });
    return new Set(shown.map(({ subscriptionId }) => subscriptionId));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    log.warn("subscriptions outside the scope could not be told", {
      sweepId: request.id,
      reason: error.reason,
    });
    return new Set();
  }
}

async function rememberedClusters(
  { history }: SweepDependencies,
  plan: SweepPlan,
  subscriptionId: string,
): Promise<readonly RecordBefore[]> {
  const remembered: RecordBefore[] = [];
  for await (const one of history.recordsBefore([plan.request.id, ...plan.unfinished], [subscriptionId])) {
    if (wasLiving(one)) remembered.push(one);
  }
  return remembered;
}

function assessOne(
  deps: SweepDependencies,
  { request }: SweepPlan,
  remembered: RecordBefore,
  gap: Gap | "gone",
): AssessedCluster {
  const input: AssessmentInput = {
    profile: deps.profile,
    date: request.startedAt.slice(0, 10),
    digest: deps.digest,
  };
  return gap === "gone" ? assessDeparted(input, remembered) : assessUnread(input, remembered, gap);
}

/** Only of a subscription that was there before does ARM's 404 say that it is gone; one that never was is a mistake in the settings. */
async function askFor(
  fleet: FleetSource,
  ask: Ask,
  scope: string,
  isRemembered: boolean,
): Promise<Gap | "gone"> {
  const answer = await ask(scope, () => fleet.presence(scope));
  if (answer === "absent") return isRemembered ? "gone" : missingSubscription(scope);
  if (answer !== "present") return answer;
  return {
    scope,
    reason: "incomplete",
    detail: "Resource Graph leaves the subscription out although ARM has it.",
    remedy: `Grant the monitor the role Reader there: az role assignment create --role Reader --assignee <principal-id> --scope ${scope}`,
  };
}

function missingSubscription(scope: string): Gap {
  return {
    scope,
    reason: "notFound",
    detail: "ARM has no subscription of this id.",
    remedy: "Look for a mistyped id, or take it out of the scope.",
  };
}

function unfinishedGap(subscriptionId: string, failure: string): Gap {
  return {
    scope: `/subscriptions/${subscriptionId}`,
    reason: "unavailable",
    detail: `The batch could not be swept: ${failure.replace(/\.$/, "")}.`,
    remedy: null,
  };
}
