import packageJson from "../../package.json" with { type: "json" };
import type { Control } from "../domain/control.ts";
import type { ClusterFindings, Finding } from "../domain/finding.ts";
import type { Gap } from "../domain/gap.ts";
import { addTallies, emptyTally, fleetScore, type Tally, tallyOf } from "../domain/posture.ts";
import { remediationCommands } from "../domain/remediation.ts";
import type { Result, ResultHead } from "../domain/result.ts";

/** The result as `schemas/result-1.schema.json` describes it. */
export function presentResult(result: Result, catalogue: readonly Control[]) {
  const controls = byId(catalogue);
  const tally = result.clusters.reduce(
    (sum, { score, findings }) => addTallies(sum, tallyOf(score, findings)),
    emptyTally,
  );
  return {
    ...presentHead(result, tally),
    clusters: result.clusters.map((found) => presentCluster(found, controls)),
  };
}

/** Makes the lines that `joinJsonResult` puts together, one for each cluster. */
export function createClusterLines(catalogue: readonly Control[]): (found: ClusterFindings) => string {
  const controls = byId(catalogue);
  return (found) => JSON.stringify(presentCluster(found, controls));
}

/** The same as `presentResult`, in pieces: one line for the head, then those of the clusters. */
export function* joinJsonResult<Line>(
  head: ResultHead,
  tally: Tally,
  lines: Iterable<Line>,
): Generator<Line | string> {
  yield `${JSON.stringify(presentHead(head, tally)).slice(0, -1)},"clusters":[`;
  let separator = "\n";
  for (const line of lines) {
    yield separator;
    yield line;
    separator = ",\n";
  }
  yield "\n]}\n";
}

function byId(catalogue: readonly Control[]): ReadonlyMap<string, Control> {
  return new Map(catalogue.map((control) => [control.id, control]));
}

function presentHead(head: ResultHead, tally: Tally) {
  return {
    schema: "midwatch/result/1",
    tool: { name: packageJson.name, version: packageJson.version },
    sweep: presentRun(head),
    summary: presentTally(tally),
    gaps: head.gaps.map(presentGap),
    excluded: head.excluded.map(({ cluster: { id, name }, reason }) => ({ id, name, reason })),
  };
}

function presentRun({ id, startedAt, finishedAt, asOf, profile, scope, gaps }: ResultHead) {
  return { id, startedAt, finishedAt, asOf, profile, scope, complete: gaps.length === 0 };
}

function presentTally(tally: Tally) {
  return {
    clusters: tally.clusters,
    score: fleetScore(tally),
    findings: { fail: tally.fail, unknown: tally.unknown },
  };
}

function presentGap({ scope, reason, detail, remedy }: Gap) {
  return { scope, reason, detail, remedy };
}

function presentCluster(
  { cluster, score, findings }: ClusterFindings,
  controls: ReadonlyMap<string, Control>,
) {
  const { id, name, subscriptionId, resourceGroup, location, tags } = cluster;
  return {
    id,
    name,
    subscriptionId,
    resourceGroup,
    location,
    tags,
    score,
    findings: findings.map((finding) => {
      const control = controls.get(finding.control);
      const remediation =
        finding.verdict.kind === "fail" && control
          ? { remediation: remedyOf(control, cluster, finding) }
          : {};
      return { ...presentFinding(finding), ...remediation };
    }),
  };
}

function presentFinding({ control, severity, verdict, status, since, reopenedOn }: Finding) {
  return {
    control,
    verdict: verdict.kind,
    severity,
    status,
    since,
    ...(reopenedOn === null ? {} : { reopenedOn }),
    evidence: verdict.evidence,
    reason: verdict.reason,
    // Waivers and attribution have their place in the result before they exist.
    waiver: null,
    introducedBy: null,
  };
}

function remedyOf(control: Control, cluster: ClusterFindings["cluster"], { verdict }: Finding) {
  return {
    summary: control.remediation.summary,
    commands: remediationCommands(control, cluster, verdict.evidence),
  };
}
