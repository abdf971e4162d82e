import { type MinorVersion, minorVersionOf } from "./kubernetes-version.ts";
import { kubernetesCalendar } from "./lifecycle.ts";

/** `platform`: Azure answers for the platform alone. `undecided`: the calendar does not tell. */
export type Support = "standard" | "longTerm" | "platform" | "none" | "undecided";

export interface JudgedVersion {
  readonly support: Support;
  /** What would be good, and what the calendar says of this version. */
  readonly words: string;
}

interface Standing {
  readonly asOf: string;
  /** Whether long-term support was chosen and paid for; null when that cannot be told. */
  readonly hasLongTerm: boolean | null;
}

/** Judges a version of Kubernetes (`1.35.6`, or the alias `1.35`) by the calendar alone, which knows no regions. */
export function judgeVersion(version: string | null, standing: Standing): JudgedVersion {
  const { support, says } = look(version, standing);
  return { support, words: `a supported version: ${says}` };
}

interface Looked {
  readonly support: Support;
  readonly says: string;
}

function look(version: string | null, { asOf, hasLongTerm }: Standing): Looked {
  const parsed = version === null ? null : minorVersionOf(version);
  if (parsed === null) return { support: "undecided", says: "what stands here is no version of Kubernetes" };
  const minor = `${parsed.major}.${parsed.minor}`;
  const entry = kubernetesCalendar.get(minor);
  if (entry === undefined) return lookBeyond(minor, parsed, asOf);

  const { generalAvailability, standardEnd, longTermEnd, platformSupportUntil } = entry;
  const calendar = `by the calendar checked on ${standardEnd.checkedOn}`;
  if (generalAvailability === null || asOf < generalAvailability.on)
    return { support: "undecided", says: `${calendar}, ${minor} may still be a preview` };
  if (asOf < standardEnd.on)
    return { support: "standard", says: `${calendar}, support of ${minor} ends on ${standardEnd.on}` };

  const ended = `${calendar}, support of ${minor} ended on ${standardEnd.on}`;
  if (asOf >= longTermEnd.on && hasLongTerm !== false) {
    // Even what was bought is over.
    return { support: "none", says: `${ended}, long-term support on ${longTermEnd.on}` };
  }
  if (hasLongTerm === true)
    return {
      support: "longTerm",
      says: `${calendar}, long-term support of ${minor} ends on ${longTermEnd.on}`,
    };
  if (hasLongTerm === null)
    return {
      support: "undecided",
      says: `${ended}, and whether long-term support was bought cannot be told`,
    };

  const successor = kubernetesCalendar.get(platformSupportUntil)?.generalAvailability ?? null;
  if (successor === null || asOf < successor.on)
    return {
      support: "platform",
      says: `${ended}, and support of the platform ends once ${platformSupportUntil} is generally available`,
    };
  return { support: "none", says: `${ended}, support of the platform with ${platformSupportUntil}` };
}

/** Whatever is older than the oldest in the calendar went out of support before it did. */
function lookBeyond(minor: string, version: MinorVersion, asOf: string): Looked {
  const [newer, ends] = [...kubernetesCalendar].find(([known]) => isOlder(version, known)) ?? [];
  if (ends === undefined) return { support: "undecided", says: `the calendar does not know ${minor}` };
  const { on, checkedOn } = ends.longTermEnd;
  if (asOf < on) return { support: "undecided", says: `the calendar begins with ${newer}` };
  return {
    support: "none",
    says: `by the calendar checked on ${checkedOn}, all support of ${newer} ended on ${on}, and that of ${minor} before`,
  };
}

function isOlder({ major, minor }: MinorVersion, known: string): boolean {
  const other = minorVersionOf(known);
  return major === other?.major && minor < other.minor;
}
