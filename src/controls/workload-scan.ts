import type { FactControl } from "../domain/control.ts";
import type { Facts } from "../domain/facts.ts";
import {
  type Evidence,
  isSome,
  notApplicable,
  pass,
  seen,
  unknown,
  type Verdict,
} from "../domain/verdict.ts";
import type { WorkloadAnswer, WorkloadQuestion } from "../domain/workloads.ts";
import { noPods } from "./kubernetes-lists.ts";
import { differenceOf, type Question } from "./policy-parameters.ts";

/** One thing a control asks of workloads. Any of the questions answers it, and what one of them tells apart another need not. */
export interface WorkloadRule {
  /** What evidence expects, as in `no privileged container`. */
  readonly expected: string;
  readonly questions: readonly [Question, ...(readonly Question[])];
}

/** What somebody saw. */
interface Scan {
  readonly source: "Azure Policy" | "the Kubernetes API";
  readonly answers: readonly WorkloadAnswer[];
}

/** What happened to one rule. */
interface Outcome {
  readonly kind: "pass" | "fail" | "unknown";
  readonly evidence: readonly Evidence[];
  readonly reason: string | null;
}

/** What we see of workloads ourselves needs no add-on; what Azure Policy reports of them counts only while its add-on is on. */
export function judgedByWorkloads(
  ...rules: readonly WorkloadRule[]
): Pick<FactControl, "shortcut" | "needs" | "evaluate"> {
  return {
    shortcut: {
      needs: ["inspectedWorkloads"],
      evaluate({ inspectedWorkloads: look }) {
        if (look.state !== "inspected") return unknown(look.reason);
        const { answers, workloads } = look.value;
        if (workloads === 0) return notApplicable(noPods);
        return judgeScan({ source: "the Kubernetes API", answers }, rules);
      },
    },
    needs: ["workloadScan", "policyAddon"],
    evaluate: (facts) => judgeReports(facts, rules),
  };
}

/**
 * Judges the workloads of a cluster by what Azure Policy reports of them, which is nothing while its add-on is off. All
 * rules must pass.
 */
export function judgeReports(
  { policyAddon, workloadScan }: Pick<Facts, "policyAddon" | "workloadScan">,
  rules: readonly WorkloadRule[],
): Verdict {
  if (!policyAddon.enabled.value)
    return unknown(
      `The Azure Policy add-on is off, so that nobody looks at the workloads: az aks enable-addons --addons azure-policy turns it on.`,
      seen(policyAddon.enabled, true),
    );
  return judgeScan({ source: "Azure Policy", answers: workloadScan.answers }, rules);
}

/** What was asked less strictly than here can fail but not pass; what was asked more widely can pass but not fail. */
function judgeScan(scan: Scan, rules: readonly WorkloadRule[]): Verdict {
  const outcomes = rules.map((rule) => judgeRule(scan, rule));
  const reasonsOf = (some: readonly Outcome[]) => some.flatMap(({ reason }) => reason ?? []).join(" ");

  const failed = outcomes.filter(({ kind }) => kind === "fail");
  const offenders = failed.flatMap(({ evidence }) => evidence);
  if (isSome(offenders)) return { kind: "fail", evidence: offenders, reason: reasonsOf(failed) || null };
  const evidence = outcomes.flatMap((outcome) => outcome.evidence);
  const open = outcomes.filter(({ kind }) => kind === "unknown");
  return open.length > 0 ? unknown(reasonsOf(open), ...evidence) : pass(...evidence);
}

function judgeRule({ source, answers }: Scan, rule: WorkloadRule): Outcome {
  const { expected, questions } = rule;
  const found = questions.flatMap((question) =>
    answers
      .filter(({ definition }) => definition === question.definition)
      .map((answer) => ({ answer, ...differenceOf(answer, question) })),
  );
  if (found.length === 0) return { kind: "unknown", evidence: [], reason: unasked(source, rule) };

  const guilty = found.filter(({ answer, wider }) => offendersOf(answer).length > 0 && wider.length === 0);
  const offenders = distinct(guilty.flatMap(({ answer }) => evidenceOf(source, answer, expected)));
  if (offenders.length > 0)
    return {
      kind: "fail",
      evidence: offenders,
      reason: guilty.some(({ answer }) => isCutOff(answer))
        ? `At least ${offenders.length} offend: ${source} lists no more of them.`
        : null,
    };

  const clean = found.filter(({ answer, looser }) => isClean(answer) && looser.length === 0);
  if (clean.length > 0)
    return {
      kind: "pass",
      evidence: clean.map(({ answer }) => cleanEvidence(source, answer, expected)),
      reason: null,
    };

  const reasons = found.map(({ answer, looser, wider }) => doubtOf(answer, looser, wider));
  const suspects = found.flatMap(({ answer }) => evidenceOf(source, answer, expected));
  return { kind: "unknown", evidence: distinct(suspects), reason: [...new Set(reasons)].join(" ") };
}

function unasked(source: string, { expected, questions }: WorkloadRule): string {
  const ids = questions.map(({ definition }) => definition).join(" or ");
  return source === "Azure Policy"
    ? `No policy in force holds workloads to "${expected}": assign the definition ${ids} to the cluster, for which the effect Audit is enough.`
    : `Nobody looked whether workloads have ${expected}.`;
}

function doubtOf(
  { path, result }: WorkloadAnswer,
  looser: readonly string[],
  wider: readonly string[],
): string {
  if (result.state === "unseen") return `${result.reason} (${path})`;
  return result.offenders.length > 0
    ? `What offends may be another thing than is asked here, since ${path} ${wider.join(" and ")}.`
    : `Nothing offends, but ${path} ${looser.join(" and ")}.`;
}

function offendersOf({ result }: WorkloadAnswer): readonly string[] {
  return result.state === "seen" ? result.offenders : [];
}

function isClean({ result }: WorkloadAnswer): boolean {
  return result.state === "seen" && result.offenders.length === 0;
}

function evidenceOf(source: string, answer: WorkloadAnswer, expected: string): readonly Evidence[] {
  return offendersOf(answer).map((path) => ({ path, observed: `named by ${source}`, expected }));
}

function cleanEvidence(
  source: string,
  { path }: WorkloadQuestion & Pick<WorkloadAnswer, "path">,
  expected: string,
): Evidence {
  return { path, observed: `no offender named by ${source}`, expected };
}

/** The same workload may offend against several policies that ask the same. */
function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(evidence.map((one) => [one.path, one])).values()];
}

function isCutOff({ result }: WorkloadAnswer): boolean {
  return result.state === "seen" && result.isCutOff;
}
