import { type Evidence, pass, type Verdict } from "./verdict.ts";

/** Fails when all do. One that passes decides, whatever is unknown about the others. */
export function failsByAll(verdicts: readonly Verdict[]): Verdict {
  const passed = verdicts.find(({ kind }) => kind === "pass");
  if (passed) return pass(...passed.evidence);
  // One that does not apply keeps the whole from failing, but it proves nothing good.
  const moot = verdicts.find(({ kind }) => kind === "notApplicable");
  if (moot) return moot;

  const undecided = verdicts.find((verdict) => verdict.kind === "unknown");
  if (undecided) return { ...undecided, evidence: evidenceOf(verdicts) };
  return { kind: "fail", evidence: oneOfEachFirst(verdicts), reason: reasonsOf(verdicts) };
}

/** Fails when any does; else one that is unknown could. Those that do not apply leave it to the others. */
export function failsByAny(verdicts: readonly [Verdict, ...(readonly Verdict[])]): Verdict {
  const failed = verdicts.filter(({ kind }) => kind === "fail");
  if (failed.length > 0) return { kind: "fail", evidence: evidenceOf(failed), reason: reasonsOf(failed) };

  const undecided = verdicts.find((verdict) => verdict.kind === "unknown");
  if (undecided) return { ...undecided, evidence: evidenceOf(verdicts) };
  const passed = verdicts.filter(({ kind }) => kind === "pass");
  return passed.length > 0 ? pass(...evidenceOf(passed)) : verdicts[0];
}

function evidenceOf(verdicts: readonly Verdict[]): readonly Evidence[] {
  return verdicts.flatMap(({ evidence }) => evidence);
}

/** Whoever looks at the first few sees that it takes all of them. */
function oneOfEachFirst(verdicts: readonly Verdict[]): readonly Evidence[] {
  return [
    ...verdicts.flatMap(({ evidence }) => evidence.slice(0, 1)),
    ...verdicts.flatMap(({ evidence }) => evidence.slice(1)),
  ];
}

/** Such as that there are more offenders than are listed. */
function reasonsOf(verdicts: readonly Verdict[]): string | null {
  return [...new Set(verdicts.flatMap(({ reason }) => reason ?? []))].join(" ") || null;
}
