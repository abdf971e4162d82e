import type { EvidenceValue, Setting } from "./setting.ts";
import type { Severity } from "./severity.ts";

/** One thing that was seen, where, against what. */
export interface Evidence {
  /** The REST path under the resource, or the id of another resource that was looked at. */
  readonly path: string;
  readonly observed: EvidenceValue;
  readonly expected: EvidenceValue;
  /** The node pool it speaks of, where it speaks of one. */
  readonly pool?: string;
}

/** One judgement. `unknown`: could not be read, or does not decide. */
export type Verdict =
  | { readonly kind: "pass"; readonly evidence: readonly Evidence[]; readonly reason: string | null }
  | {
      readonly kind: "fail";
      readonly evidence: readonly Evidence[];
      readonly reason: string | null;
      /** The most this failure weighs, where that is less than its control does. */
      readonly severity?: Severity;
    }
  | NotApplicable
  | { readonly kind: "unknown"; readonly evidence: readonly Evidence[]; readonly reason: string };

export interface NotApplicable {
  readonly kind: "notApplicable";
  readonly evidence: readonly Evidence[];
  readonly reason: string;
}

export type VerdictKind = Verdict["kind"];

export function pass(...evidence: readonly Evidence[]): Verdict {
  return { kind: "pass", evidence, reason: null };
}

/** A failure names every offender. */
export function fail(...evidence: readonly [Evidence, ...(readonly Evidence[])]): Verdict {
  return { kind: "fail", evidence, reason: null };
}

/** A failure that weighs less than its control does, with the reason why. */
export function lesserFail(
  severity: Severity,
  reason: string,
  ...evidence: readonly [Evidence, ...(readonly Evidence[])]
): Verdict {
  return { kind: "fail", evidence, reason, severity };
}

export function notApplicable(reason: string, ...evidence: readonly Evidence[]): NotApplicable {
  return { kind: "notApplicable", evidence, reason };
}

/** The reason says why it does not decide and what would. */
export function unknown(reason: string, ...evidence: readonly Evidence[]): Verdict {
  return { kind: "unknown", evidence, reason };
}

/** Evidence of a single setting. */
export function seen<T extends EvidenceValue>(setting: Setting<T>, expected: EvidenceValue): Evidence {
  return { path: setting.path, observed: setting.observed, expected };
}

/** True when there is at least one; lets the compiler see that a failure has evidence. */
export function isSome<T>(list: readonly T[]): list is readonly [T, ...T[]] {
  return list.length > 0;
}
