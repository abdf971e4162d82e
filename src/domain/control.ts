import { failsByAll, failsByAny } from "./combined-verdict.ts";
import type { ClusterSnapshot, FactGroup, Facts } from "./facts.ts";
import type { Gap } from "./gap.ts";
import type { Reading } from "./reading.ts";
import type { Remediation } from "./remediation.ts";
import type { Severity } from "./severity.ts";
import { type NotApplicable, unknown, type Verdict } from "./verdict.ts";

export const layers = [
  "identity",
  "control-plane",
  "nodes",
  "network",
  "workloads",
  "secrets",
  "images",
  "monitoring",
] as const;
export type Layer = (typeof layers)[number];

interface ControlMetadata {
  /** `<layer>.<file name>`, named for the good state; never renamed. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly layer: Layer;
  /** Raised when the control's meaning changes, so that the change is not taken for drift. Starts at 1. */
  readonly revision?: number;
  readonly rationale: string;
  readonly remediation: Remediation;
  readonly references: References;
}

export interface References {
  /** Microsoft's page on the setting. */
  readonly docs: string;
  /** Recommendations of the CIS AKS Benchmark 1.8.0. */
  readonly cis?: readonly string[];
  /** Controls of the Microsoft cloud security benchmark. */
  readonly mcsb?: readonly string[];
  /** GUIDs of built-in Azure Policy definitions that ask the same. */
  readonly policy?: readonly string[];
  /** The customer's guides that ask for it. */
  readonly guides?: readonly ("A" | "B")[];
}

/** A requirement judged from facts. */
export interface FactControl extends ControlMetadata {
  /** As part of a combination: what of the control of this id matters there, as in `the kubelet's alone`. */
  readonly narrowedTo?: string;
  /** Says that the question does not arise, before the rest is looked at; null goes on. */
  readonly precondition?: Precondition;
  /** Decides by fewer facts, or better ones, where it can; then the rest is not asked. */
  readonly shortcut?: Shortcut;
  readonly needs: readonly FactGroup[];
  /** Pure; sees only the groups in `needs`. */
  readonly evaluate: (facts: Facts) => Verdict;
}

/** Judged by facts of its own: the rest may then be unread, and rightly so. */
export interface Precondition {
  readonly needs: readonly FactGroup[];
  readonly evaluate: (facts: Facts) => NotApplicable | null;
}

/** Judged by facts of its own: where they decide, the rest may be unread, and rightly so; where not, the rest still may. */
export interface Shortcut {
  readonly needs: readonly FactGroup[];
  /** Null goes on without a word. */
  readonly evaluate: (facts: Facts) => Verdict | null;
}

/** A requirement that fails only when all its parts fail. */
export interface Combination extends ControlMetadata {
  readonly parts: readonly Part[];
}

/** One control, or alternatives, of which one that fails is enough. */
export type Part = FactControl | readonly [FactControl, ...(readonly FactControl[])];

export type Control = FactControl | Combination;

/** Declares a control; `evaluate` receives exactly the groups in `needs`. */
export function defineControl<
  const G extends FactGroup,
  const P extends FactGroup = never,
  const F extends FactGroup = never,
>(
  control: ControlMetadata & {
    readonly narrowedTo?: string;
    readonly precondition?: {
      readonly needs: readonly P[];
      readonly evaluate: (facts: Pick<Facts, P>) => NotApplicable | null;
    };
    readonly shortcut?: {
      readonly needs: readonly F[];
      readonly evaluate: (facts: Pick<Facts, F>) => Verdict | null;
    };
    readonly needs: readonly G[];
    readonly evaluate: (facts: Pick<Facts, G>) => Verdict;
  },
): FactControl {
  return control;
}

/** Declares a combination; its severity may stand above that of its parts. */
export function defineCombination(control: Combination): Combination {
  return control;
}

/**
 * Judges one cluster by one control. What was not read is `unknown`; what was read in part can fail but not pass.
 * `judged` are verdicts on the same snapshot, by control id, that combinations need not come to again.
 */
export function assess(
  control: Control,
  snapshot: ClusterSnapshot,
  judged: ReadonlyMap<string, Verdict> = new Map(),
): Verdict {
  if ("parts" in control) return assessCombination(control, snapshot, judged);
  return preempted(control, snapshot) ?? assessFacts(control, snapshot);
}

/** The gaps that stand between a control and a full verdict on this cluster. */
export function gapsOf(control: Control, snapshot: ClusterSnapshot): readonly Gap[] {
  const groups = controlsIn(control).flatMap((one) => groupsInQuestion(one, snapshot));
  return [...new Set(groups)].flatMap((group) => {
    const reading = readingIn(snapshot, group);
    return reading.state === "collected" ? [] : [reading.gap];
  });
}

/** The control itself, or all that a combination is made of. */
export function controlsIn(control: Control): readonly FactControl[] {
  return "parts" in control ? control.parts.flat() : [control];
}

/** Every group of facts that a control may look at. */
export function groupsReadBy({ precondition, shortcut, needs }: FactControl): readonly FactGroup[] {
  return [...new Set([...(precondition?.needs ?? []), ...(shortcut?.needs ?? []), ...needs])];
}

/** The shortcut decides, else the rest; where neither does, the reasons of both are told. */
function assessFacts(control: FactControl, snapshot: ClusterSnapshot): Verdict {
  const sooner = control.shortcut ? judgeBy(control.shortcut, snapshot) : null;
  if (sooner !== null && sooner.kind !== "unknown") return sooner;
  const later = judgeBy(control, snapshot);
  if (sooner === null || later.kind !== "unknown" || sooner.reason === later.reason) return later;
  return unknown(inOneBreath(sooner.reason, later.reason), ...sooner.evidence, ...later.evidence);
}

function judgeBy<V extends Verdict | null>(
  { needs, evaluate }: { readonly needs: readonly FactGroup[]; readonly evaluate: (facts: Facts) => V },
  snapshot: ClusterSnapshot,
): V | Verdict {
  const values: Partial<Record<FactGroup, unknown>> = {};
  let incomplete: Gap | null = null;
  for (const group of needs) {
    const reading = readingIn(snapshot, group);
    if (reading.state === "unavailable") return unknown(explain(reading.gap));
    if (reading.state === "partial") incomplete ??= reading.gap;
    values[group] = reading.value;
  }
  // Only the groups in `needs` are present, which is all `defineControl` lets `evaluate` see.
  const verdict = evaluate(values as Facts);

  if (verdict === null || verdict.kind === "fail" || incomplete === null) return verdict;
  // What the control could not decide may well be what was not read.
  const doubt = verdict.kind === "unknown" ? `${verdict.reason} ` : "";
  return unknown(doubt + explain(incomplete), ...verdict.evidence);
}

function preempted({ precondition }: FactControl, snapshot: ClusterSnapshot): NotApplicable | null {
  if (!precondition) return null;
  const values: Partial<Record<FactGroup, unknown>> = {};
  for (const group of precondition.needs) {
    const reading = readingIn(snapshot, group);
    if (reading.state !== "collected") return null;
    values[group] = reading.value;
  }
  // As above: only the groups that the precondition needs.
  return precondition.evaluate(values as Facts);
}

function assessCombination(
  { parts }: Combination,
  snapshot: ClusterSnapshot,
  judged: ReadonlyMap<string, Verdict>,
): Verdict {
  // What was judged by a narrowed control's id is the whole control.
  const known = ({ id, narrowedTo }: FactControl) => (narrowedTo === undefined ? judged.get(id) : undefined);
  const verdictOn = (control: FactControl) => known(control) ?? assess(control, snapshot);
  return failsByAll(
    parts.map((part) => {
      if ("id" in part) return verdictOn(part);
      const [first, ...others] = part;
      return failsByAny([verdictOn(first), ...others.map(verdictOn)]);
    }),
  );
}

/** What a verdict rests on, or would. */
function groupsInQuestion(control: FactControl, snapshot: ClusterSnapshot): readonly FactGroup[] {
  if (preempted(control, snapshot)) return [];
  const { shortcut, needs } = control;
  if (shortcut === undefined) return needs;
  const sooner = judgeBy(shortcut, snapshot);
  return sooner === null || sooner.kind === "unknown" ? [...shortcut.needs, ...needs] : shortcut.needs;
}

function readingIn({ readings }: ClusterSnapshot, group: FactGroup): Reading<unknown> {
  const reading = readings[group];
  if (reading === undefined) throw new Error(`Nobody asked for the facts "${group}".`);
  return reading;
}

function explain(gap: Gap): string {
  return gap.remedy === null ? gap.detail : `${gap.detail} ${gap.remedy}`;
}

/** What may end with a command keeps the next sentence out of it. */
function inOneBreath(one: string, other: string): string {
  return /[.!?)]$/.test(one) ? `${one} ${other}` : `${one} - ${other}`;
}
