import type { AssignedPolicy, PolicyParameters } from "../../../domain/workloads.ts";
import { definitionDefaults, type PolicySet, type PolicySetMember } from "./built-in-policies.ts";
import { type PolicyAssignment, policyKey } from "./policy-rows.ts";
import { allMatch, anyMatches } from "./policy-selectors.ts";

/** The policies for workloads that an assignment brings to a place, exemptions aside; `set` is its initiative, null when it assigns a single definition. */
export type MembersOf = (
  assignment: PolicyAssignment,
  set: PolicySet | null,
  location: string | null,
) => readonly AssignedPolicy[];

/** Works out each assignment once for each region: that is all the members differ by. */
export function createMembersOf(): MembersOf {
  const known = new Map<string, readonly AssignedPolicy[]>();
  return (assignment, set, location) => {
    const key = `${assignment.id.toLowerCase()}|${location}`;
    const members = known.get(key) ?? membersOf(assignment, set, location);
    known.set(key, members);
    return members;
  };
}

const membersOf: MembersOf = (assignment, set, location) => {
  const isDoubtful = anyMatches(assignment.resourceSelectors, { location, reference: null }) === null;
  return (set?.members ?? [singleOf(assignment)]).flatMap((member) => {
    const defaults = definitionDefaults.get(member.definition);
    if (defaults === undefined) return [];
    const { values, unreadable } =
      set === null
        ? { values: assignment.parameters, unreadable: [] }
        : resolve(member.parameters, assignment.parameters, set.defaults);
    const { effect: given, ...parameters } = { ...defaults, ...values };
    const isTold = typeof given === "string" && !unreadable.includes("effect");
    const { effect, version } = overridden(assignment, member, location, isTold ? given.toLowerCase() : null);
    return [
      {
        assignmentId: assignment.id,
        definition: member.definition,
        version,
        initiative: set === null ? null : policyKey(assignment.definitionId),
        reference: set === null ? null : member.reference,
        effect: isDoubtful ? null : effect,
        isEnforced: assignment.isEnforced,
        parameters,
        unreadable: unreadable.filter((name) => name !== "effect"),
        exemptions: [],
      },
    ];
  });
};

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

/** Overrides change the effect or the version of some members, or in some places; the later one wins. */
function overridden(
  { overrides }: PolicyAssignment,
  { reference: name, version: own }: PolicySetMember,
  location: string | null,
  given: string | null,
): Pick<AssignedPolicy, "effect" | "version"> {
  let effect = given;
  let version = own;
  for (const { kind, value, selectors } of overrides) {
    const matches = allMatch(selectors, { location, reference: name });
    if (matches === false) continue;
    if (kind === "policyeffect") effect = matches ? value.toLowerCase() : null;
    if (kind === "definitionversion") version = matches ? value : null;
  }
  return { effect, version };
}
