import type { AssignedPolicy, PolicyExemption, PolicyParameters } from "../../../domain/workloads.ts";
import { definitionDefaults, type PolicySet, type PolicySetMember } from "./built-in-policies.ts";
import { type ExemptionRow, type PolicyAssignment, type PolicySelector, policyKey } from "./policy-rows.ts";

/** A cluster as policies see it. */
export interface PolicyTarget {
  /** The ids of the cluster and of all that is above it, lower case. */
  readonly scopes: ReadonlySet<string>;
  readonly location: string | null;
}

/** Whether a selector means something; null when it looks at what this version does not know. */
type Match = boolean | null;

/** An assignment, its scope aside, means the cluster: by `notScopes` and resource selectors. Null when nobody can tell. */
export function isMeant(assignment: PolicyAssignment, target: PolicyTarget): Match {
  if (!target.scopes.has(assignment.scope)) return false;
  if (assignment.notScopes.some((scope) => target.scopes.has(scope))) return false;
  return anyMatches(assignment.resourceSelectors, target, null);
}

/** The policies for workloads that an assignment brings to a cluster; `set` is its initiative, null when it assigns a single definition. */
export function policiesOf(
  assignment: PolicyAssignment,
  set: PolicySet | null,
  target: PolicyTarget,
  exemptions: readonly ExemptionRow[],
): readonly AssignedPolicy[] {
  const meant = isMeant(assignment, target);
  if (meant === false) return [];
  const members = set?.members ?? [singleOf(assignment)];
  return members.flatMap((member) => {
    const defaults = definitionDefaults.get(member.definition);
    if (defaults === undefined) return [];
    const { values, unreadable } =
      set === null
        ? { values: assignment.parameters, unreadable: [] }
        : resolve(member.parameters, assignment.parameters, set.defaults);
    const { effect: given, ...parameters } = { ...defaults, ...values };
    const { effect, version } = overridden(assignment, member, target, {
      effect: typeof given === "string" && !unreadable.includes("effect") ? given.toLowerCase() : null,
      version: member.version,
    });
    return [
      {
        assignmentId: assignment.id,
        definition: member.definition,
        version,
        initiative: set === null ? null : policyKey(assignment.definitionId),
        reference: set === null ? null : member.reference,
        effect: meant === null ? null : effect,
        isEnforced: assignment.isEnforced,
        parameters,
        unreadable: unreadable.filter((name) => name !== "effect"),
        exemptions: exemptions.flatMap((one) => applying(one, assignment, member, target)),
      },
    ];
  });
}

function singleOf({ definitionId, version }: PolicyAssignment): PolicySetMember {
  return { definition: policyKey(definitionId), reference: "", version, parameters: {} };
}

const reference = /^\[\s*parameters\('([^']+)'\)\s*\]$/i;

interface Resolved {
  readonly values: PolicyParameters;
  readonly unreadable: readonly string[];
}

/** Values of a member's parameters: a reference takes the assignment's value, else the initiative's default; other expressions cannot be told. */
function resolve(
  parameters: PolicyParameters,
  given: PolicyParameters,
  defaults: PolicyParameters,
): Resolved {
  const values: Record<string, unknown> = {};
  const unreadable: string[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    const referred = typeof value === "string" ? reference.exec(value)?.[1]?.toLowerCase() : undefined;
    const known = referred === undefined ? value : (given[referred] ?? defaults[referred]);
    if (referred === undefined && isExpression(value)) unreadable.push(name);
    // Without a value the definition's own default holds.
    else if (known !== undefined && known !== null) values[name] = known;
  }
  return { values, unreadable };
}

/** Text in brackets is an expression, unless the first bracket is doubled; lists and objects may hold some. */
function isExpression(value: unknown): boolean {
  return /"\[(?!\[)[^"]*\]"/.test(JSON.stringify(value) ?? "");
}

interface Changeable {
  readonly effect: string | null;
  readonly version: string | null;
}

/** Overrides change the effect or the version of some members, or in some places; the later one wins. */
function overridden(
  { overrides }: PolicyAssignment,
  member: PolicySetMember,
  target: PolicyTarget,
  before: Changeable,
): Changeable {
  let { effect, version } = before;
  for (const { kind, value, selectors } of overrides) {
    const matches = allMatch(selectors, target, member.reference);
    if (matches === false) continue;
    if (kind === "policyeffect") effect = matches ? value.toLowerCase() : null;
    if (kind === "definitionversion") version = matches ? value : null;
  }
  return { effect, version };
}

function applying(
  exemption: ExemptionRow,
  assignment: PolicyAssignment,
  member: PolicySetMember,
  target: PolicyTarget,
): readonly PolicyExemption[] {
  const { id, scope, assignmentId, references, expiresOn, resourceSelectors } = exemption;
  const applies =
    target.scopes.has(scope) &&
    assignmentId === assignment.id.toLowerCase() &&
    (references.length === 0 || references.includes(member.reference.toLowerCase())) &&
    // Where nobody can tell, the cluster may be exempt, and must not pass for protected.
    anyMatches(resourceSelectors, target, null) !== false;
  return applies ? [{ id, expiresOn }] : [];
}

function anyMatches(
  alternatives: readonly (readonly PolicySelector[])[],
  target: PolicyTarget,
  name: string | null,
): Match {
  if (alternatives.length === 0) return true;
  const matches = alternatives.map((selectors) => allMatch(selectors, target, name));
  if (matches.includes(true)) return true;
  return matches.includes(null) ? null : false;
}

function allMatch(selectors: readonly PolicySelector[], target: PolicyTarget, name: string | null): Match {
  const matches = selectors.map((selector) => matchOne(selector, target, name));
  if (matches.includes(false)) return false;
  return matches.includes(null) ? null : true;
}

/** The kinds of selectors: https://learn.microsoft.com/azure/governance/policy/concepts/assignment-structure. */
function matchOne(selector: PolicySelector, { location }: PolicyTarget, name: string | null): Match {
  const value = {
    resourcelocation: location?.toLowerCase().replaceAll(" ", ""),
    resourcetype: "microsoft.containerservice/managedclusters",
    // Speaks of resources that have no location.
    resourcewithoutlocation: "",
    policydefinitionreferenceid: name?.toLowerCase(),
  }[selector.kind];
  if (value === undefined) return null;
  if (selector.in !== null) return selector.in.some((one) => one.replaceAll(" ", "") === value);
  return selector.notIn !== null ? !selector.notIn.some((one) => one.replaceAll(" ", "") === value) : null;
}
