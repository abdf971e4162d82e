import type { Finding } from "../../domain/finding.ts";
import type { EvidenceValue } from "../../domain/setting.ts";
import type { Evidence, Verdict } from "../../domain/verdict.ts";

/** Room for the piece of evidence that tells how much was left out. */
const roomForRest = 1000;
const longestReason = 2000;

/** The finding in at most so many characters of JSON: evidence is cut from the end, and a last piece says how much is missing. */
export function fitFinding(finding: Finding, mostCharacters: number): Finding {
  if (JSON.stringify(finding).length <= mostCharacters) return finding;

  const reason = finding.verdict.reason === null ? null : shortenText(finding.verdict.reason, longestReason);
  const withEvidence = (evidence: readonly Evidence[]): Finding => ({
    ...finding,
    // The same verdict with a shorter reason, null only where it was null before.
    verdict: { ...finding.verdict, evidence, reason } as Verdict,
  });
  return withEvidence(
    fitEvidence(
      finding.verdict.evidence,
      mostCharacters - JSON.stringify(withEvidence([])).length - roomForRest,
    ),
  );
}

function fitEvidence(evidence: readonly Evidence[], mostCharacters: number): readonly Evidence[] {
  const kept: Evidence[] = [];
  let room = mostCharacters;
  for (const piece of evidence) {
    const fitted = {
      ...piece,
      observed: shorten(piece.observed, mostCharacters / 4),
      expected: shorten(piece.expected, mostCharacters / 4),
    };
    const length = JSON.stringify(fitted).length + 1;
    if (length > room) break;
    kept.push(fitted);
    room -= length;
  }
  const rest = evidence.length - kept.length;
  const path = shortenText(evidence[kept.length]?.path ?? "", 200);
  return rest === 0 ? kept : [...kept, { path, observed: `… and ${rest} more, not stored`, expected: null }];
}

function shorten(value: EvidenceValue, mostCharacters: number): EvidenceValue {
  if (typeof value === "string") return shortenText(value, mostCharacters);
  if (!isList(value) || JSON.stringify(value).length <= mostCharacters) return value;
  const kept: EvidenceValue[] = [];
  let room = mostCharacters;
  for (const element of value) {
    room -= JSON.stringify(element).length + 1;
    if (room < 0) break;
    kept.push(element);
  }
  return [...kept, `… and ${value.length - kept.length} more, not stored`];
}

/** Characters that JSON writes as six (`\u0000`) count as such. */
function shortenText(text: string, mostCharacters: number): string {
  if (JSON.stringify(text).length <= mostCharacters) return text;
  const kept = text.slice(0, Math.floor(mostCharacters / 6)).replace(/[\uD800-\uDBFF]$/, "");
  return `${kept}… and ${text.length - kept.length} more characters, not stored`;
}

function isList(value: EvidenceValue): value is readonly EvidenceValue[] {
  return Array.isArray(value);
}
