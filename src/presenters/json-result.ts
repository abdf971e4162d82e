import packageJson from "../../package.json" with { type: "json" };
import { type Control, remediationCommands } from "../domain/control.ts";
import type { ClusterFindings, Finding } from "../domain/finding.ts";
import type { Gap } from "../domain/gap.ts";
import { addTallies, emptyTally, fleetScore, type Tally, tallyOf } from "../domain/posture.ts";
import type { Result } from "../domain/result.ts";

/** The result as `schemas/result-1.schema.json` describes it. */
export function presentResult(result: Result, catalogue: readonly Control[]) {
  const controls = byId(catalogue);
  return {
    ...presentHead(result),
    clusters: result.clusters.map((found) => presentCluster(found, controls)),
  };
}

/** The same as JSON in pieces: one line for the head, one for each cluster. */
export function* writeJsonResult(result: Result, catalogue: readonly Control[]): Generator<string> {
  const controls = byId(catalogue);
  yield `${JSON.stringify(presentHead(result)).slice(0, -1)},"clusters":[`;
  let separator = "\n";
  for (const found of result.clusters) {
    yield separator + JSON.stringify(presentCluster(found, controls));
    separator = ",\n";
  }
  yield "\n]}\n";
}

/** The counts of all clusters of a result. */
export function tallyResult({ clusters }: Pick<Result, "clusters">): Tally {
  return clusters.reduce((sum, { score, findings }) => addTallies(sum, tallyOf(score, findings)), emptyTally);
}

function byId(catalogue: readonly Control[]): ReadonlyMap<string, Control> {
  return new Map(catalogue.map((control) => [control.id, control]));
}

function presentHead(result: Result) {
  return {
    schema: "midwatch/result/1",
    tool: { name: packageJson.name, version: packageJson.version },
    sweep: presentRun(result),
    summary: presentTally(tallyResult(result)),
    gaps: result.gaps.map(presentGap),
    excluded: result.excluded.map(({ cluster: { id, name }, reason }) => ({ id, name, reason })),
  };
}

function presentRun({ id, startedAt, finishedAt, asOf, profile, scope, gaps }: Result) {
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
