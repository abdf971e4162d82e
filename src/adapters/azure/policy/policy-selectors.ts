import type { PolicySelector } from "./policy-rows.ts";

/** What selectors look at; the reference is an initiative's name for its member. */
export interface Selectable {
  readonly location: string | null;
  readonly reference: string | null;
}

/** Whether a selector means something; null when it looks at what this version does not know. */
export type Match = boolean | null;

/** Any of the alternatives means it; where there are none, everything is meant. */
export function anyMatches(alternatives: readonly (readonly PolicySelector[])[], thing: Selectable): Match {
  if (alternatives.length === 0) return true;
  const matches = alternatives.map((selectors) => allMatch(selectors, thing));
  if (matches.includes(true)) return true;
  return matches.includes(null) ? null : false;
}

/** All selectors mean it. */
export function allMatch(selectors: readonly PolicySelector[], thing: Selectable): Match {
  const matches = selectors.map((selector) => matchOne(selector, thing));
  if (matches.includes(false)) return false;
  return matches.includes(null) ? null : true;
}

/** The kinds of selectors: https://learn.microsoft.com/azure/governance/policy/concepts/assignment-structure. */
function matchOne(selector: PolicySelector, { location, reference }: Selectable): Match {
  const value = {
    resourcelocation: location?.toLowerCase().replaceAll(" ", ""),
    resourcetype: "microsoft.containerservice/managedclusters",
    // Speaks of resources that have no location.
    resourcewithoutlocation: "",
    policydefinitionreferenceid: reference?.toLowerCase(),
  }[selector.kind];
  if (value === undefined) return null;
  if (selector.in !== null) return selector.in.some((one) => one.replaceAll(" ", "") === value);
  return selector.notIn !== null ? !selector.notIn.some((one) => one.replaceAll(" ", "") === value) : null;
}
