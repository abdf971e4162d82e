import type { Facts } from "../domain/facts.ts";
import { type MinorVersion, minorVersionOf } from "./kubernetes-version.ts";
import { type KubernetesLifecycle, kubernetesCalendar } from "./lifecycle.ts";
import { offerOf, type RegionalOffer } from "./regional-offer.ts";

/** `platform`: Azure answers for the platform alone. `undecided`: neither region nor calendar tell. */
export type Support = "standard" | "longTerm" | "platform" | "none" | "undecided";

export interface JudgedVersion {
  readonly support: Support;
  /** What would be good, and what region or calendar say of this version. */
  readonly words: string;
}

interface Standing {
  readonly asOf: string;
  /** Whether long-term support was chosen and paid for; null when that cannot be told. */
  readonly hasLongTerm: boolean | null;
  /** What the cluster's region offers; the calendar judges alone without it. */
  readonly region?: Facts["regionVersions"];
}

/**
 * Judges a version of Kubernetes (`1.35.6`, or the alias `1.35`) by what its region offers, where that was read, and
 * else by the calendar, which knows no regions.
 */
export function judgeVersion(version: string | null, standing: Standing): JudgedVersion {
  const { support, says } = look(version, standing);
  return { support, words: `a supported version: ${says}` };
}

interface Looked {
  readonly support: Support;
  readonly says: string;
}

function look(version: string | null, standing: Standing): Looked {
  const parsed = version === null ? null : minorVersionOf(version);
  if (parsed === null) return { support: "undecided", says: "what stands here is no version of Kubernetes" };
  const { asOf, region } = standing;
  const offer = region === undefined ? null : offerOf(parsed, region, asOf);
  return offer === null ? lookInCalendar(parsed, standing) : lookAtOffer(offer, parsed, standing);
}

function lookAtOffer({ offer, says }: RegionalOffer, parsed: MinorVersion, standing: Standing): Looked {
  return offer === "longTerm"
    ? lookAtLongTerm(says, parsed, standing)
    : { support: supportWhenOffered[offer], says };
}

/** Where it needs no asking what was bought. */
const supportWhenOffered = {
  standard: "standard",
  preview: "undecided",
  none: "none",
} as const satisfies Readonly<Record<Exclude<RegionalOffer["offer"], "longTerm">, Support>>;

function lookAtLongTerm(offered: string, parsed: MinorVersion, { asOf, hasLongTerm }: Standing): Looked {
  if (hasLongTerm === true) return { support: "longTerm", says: offered };
  if (hasLongTerm === null)
    return { support: "undecided", says: `${offered}, and whether that was bought cannot be told` };
  const entry = kubernetesCalendar.get(nameOf(parsed));
  if (entry === undefined) return { support: "none", says: `${offered}, which was not bought` };
  const { support, says } = lookAtPlatform(entry, asOf);
  return { support, says: `${offered}; by the calendar checked on ${entry.standardEnd.checkedOn}, ${says}` };
}

function nameOf({ major, minor }: MinorVersion): string {
  return `${major}.${minor}`;
}

function lookInCalendar(parsed: MinorVersion, { asOf, hasLongTerm }: Standing): Looked {
  const minor = nameOf(parsed);
  const entry = kubernetesCalendar.get(minor);
  if (entry === undefined) return lookBeyond(minor, parsed, asOf);

  const { generalAvailability, standardEnd, longTermEnd } = entry;
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

  const { support, says } = lookAtPlatform(entry, asOf);
  return { support, says: `${ended}, and ${says}` };
}

/** What is left when standard support is over and nothing longer was bought. */
function lookAtPlatform({ platformSupportUntil }: KubernetesLifecycle, asOf: string): Looked {
  const successor = kubernetesCalendar.get(platformSupportUntil)?.generalAvailability ?? null;
  return successor === null || asOf < successor.on
    ? {
        support: "platform",
        says: `support of the platform ends once ${platformSupportUntil} is generally available`,
      }
    : { support: "none", says: `support of the platform ended with ${platformSupportUntil}` };
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
