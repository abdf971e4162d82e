import type { Facts, OfferedVersion } from "../domain/facts.ts";
import type { MinorVersion } from "./kubernetes-version.ts";
import { minorVersionOf } from "./kubernetes-version.ts";

/** How a region offers a minor version, in which support plan: `longTerm` for none but what has to be bought. */
export interface RegionalOffer {
  readonly offer: "standard" | "longTerm" | "preview" | "none";
  readonly says: string;
}

/**
 * What a region's list says of a version; null when it does not tell. Older versions that it leaves out are out of all
 * support; what is newer than all of it, or listed under no plan that is known, the list does not tell of.
 */
export function offerOf(
  version: MinorVersion,
  { region, offered, readOn }: Facts["regionVersions"],
  asOf: string,
): RegionalOffer | null {
  if (offered === null || !isOfThatDay(readOn, asOf)) return null;
  const minor = `${version.major}.${version.minor}`;
  const entry = offered.find((one) => one.minor === minor);
  if (entry === undefined)
    return offered.some((one) => isNewer(one, version))
      ? { offer: "none", says: `Azure offers ${region} newer versions alone, ${minor} not any more` }
      : null;

  if (entry.isPreview) return { offer: "preview", says: `Azure offers ${minor} in ${region} as a preview` };
  const plans = entry.plans.map((plan) => plan.toLowerCase());
  if (plans.includes("kubernetesofficial"))
    return { offer: "standard", says: `Azure offers ${minor} in ${region} in standard support` };
  return plans.includes("akslongtermsupport")
    ? { offer: "longTerm", says: `Azure offers ${minor} in ${region} with long-term support only` }
    : null;
}

/** A list tells of the day it was read, and of the day before, on which a sweep may have begun. */
function isOfThatDay(readOn: string | null, asOf: string): boolean {
  if (readOn === null) return true;
  const days = (Date.parse(readOn) - Date.parse(asOf)) / 86_400_000;
  return days === 0 || days === 1;
}

function isNewer({ minor }: OfferedVersion, { major, minor: number }: MinorVersion): boolean {
  const other = minorVersionOf(minor);
  return other !== null && other.major === major && other.minor > number;
}
