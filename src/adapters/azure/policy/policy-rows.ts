import type { PolicyParameters } from "../../../domain/workloads.ts";
import { isObject } from "../../json-object.ts";
import {
  at,
  MalformedPropertyError,
  type Place,
  readList,
  readObject,
  readRequiredText,
  readText,
} from "../../row.ts";
import type { PolicySet, PolicySetMember } from "./built-in-policies.ts";

/** A condition on what a selector looks at; `in` and `notIn` are lower case, null where the row has none. */
export interface PolicySelector {
  /** Lower case, such as `resourcelocation`. */
  readonly kind: string;
  readonly in: readonly string[] | null;
  readonly notIn: readonly string[] | null;
}

/** An assignment of a definition or an initiative; ids and scopes are lower case. */
export interface PolicyAssignment {
  /** As Azure spells it. */
  readonly id: string;
  readonly scope: string;
  readonly definitionId: string;
  readonly version: string | null;
  readonly isEnforced: boolean;
  readonly notScopes: readonly string[];
  readonly parameters: PolicyParameters;
  readonly overrides: readonly {
    readonly kind: string;
    readonly value: string;
    readonly selectors: readonly PolicySelector[];
  }[];
  /** Any of them may hold; none at all: every resource is meant. */
  readonly resourceSelectors: readonly (readonly PolicySelector[])[];
}

/** An exemption; ids are lower case but for its own. */
export interface ExemptionRow {
  readonly id: string;
  readonly scope: string;
  readonly assignmentId: string;
  /** Members of an initiative it speaks of, lower case; none: all. */
  readonly references: readonly string[];
  readonly expiresOn: string | null;
  readonly resourceSelectors: readonly (readonly PolicySelector[])[];
}

/** What is absent narrows and changes nothing (https://learn.microsoft.com/azure/governance/policy/concepts/assignment-structure). @throws MalformedPropertyError */
export function mapAssignment(root: Place): PolicyAssignment {
  const id = readRequiredText(at(root, "id"));
  const properties = at(root, "properties");
  const mode = readText(at(properties, "enforcementMode"))?.toLowerCase() ?? "default";
  return {
    id,
    scope: (readText(at(properties, "scope")) ?? scopeOfId(id)).toLowerCase(),
    definitionId: readRequiredText(at(properties, "policyDefinitionId")).toLowerCase(),
    version: readText(at(properties, "definitionVersion")),
    isEnforced: mode === "default",
    notScopes: texts(at(properties, "notScopes")),
    parameters: parameterValues(at(properties, "parameters"), "value"),
    overrides: (readList(at(properties, "overrides")) ?? []).map((override) => ({
      kind: readRequiredText(at(override, "kind")).toLowerCase(),
      value: readRequiredText(at(override, "value")),
      selectors: mapSelectors(at(override, "selectors")),
    })),
    resourceSelectors: mapResourceSelectors(properties),
  };
}

/** @throws MalformedPropertyError */
export function mapExemption(root: Place): ExemptionRow {
  const id = readRequiredText(at(root, "id"));
  const properties = at(root, "properties");
  return {
    id,
    scope: scopeOfId(id).toLowerCase(),
    assignmentId: readRequiredText(at(properties, "policyAssignmentId")).toLowerCase(),
    references: texts(at(properties, "policyDefinitionReferenceIds")),
    expiresOn: readText(at(properties, "expiresOn")),
    resourceSelectors: mapResourceSelectors(properties),
  };
}

/** An initiative with its members, and the lower-case id it goes by. @throws MalformedPropertyError */
export function mapPolicySet(root: Place): PolicySet & { readonly id: string } {
  const properties = at(root, "properties");
  return {
    id: readRequiredText(at(root, "id")).toLowerCase(),
    defaults: parameterValues(at(properties, "parameters"), "defaultValue"),
    members: (readList(at(properties, "policyDefinitions")) ?? []).map(mapMember),
  };
}

function mapMember(place: Place): PolicySetMember {
  return {
    definition: policyKey(readRequiredText(at(place, "policyDefinitionId"))),
    reference: readText(at(place, "policyDefinitionReferenceId")) ?? "",
    version: readText(at(place, "definitionVersion")),
    parameters: parameterValues(at(place, "parameters"), "value"),
  };
}

/** What a definition or an initiative goes by: the GUID of a built-in one, whose id names no place, else its whole id; lower case. */
export function policyKey(id: string): string {
  const builtIn = /^\/providers\/microsoft\.authorization\/policy(?:set)?definitions\/([^/]+)$/.exec(
    id.toLowerCase(),
  );
  return builtIn?.[1] ?? id.toLowerCase();
}

/** The scope that an id of an assignment or exemption begins with. */
export function scopeOfId(id: string): string {
  return id.slice(0, Math.max(0, id.toLowerCase().lastIndexOf("/providers/microsoft.authorization/")));
}

function parameterValues(place: Place, property: "value" | "defaultValue"): PolicyParameters {
  const entries = Object.entries(readObject(place) ?? {}).flatMap(([name, given]) => {
    if (!isObject(given)) throw new MalformedPropertyError(`${place.path}.${name}`, given, "an object");
    return given[property] === undefined ? [] : [[name.toLowerCase(), given[property]] as const];
  });
  return Object.fromEntries(entries);
}

function mapResourceSelectors(properties: Place): readonly (readonly PolicySelector[])[] {
  return (readList(at(properties, "resourceSelectors")) ?? []).map((one) =>
    mapSelectors(at(one, "selectors")),
  );
}

function mapSelectors(place: Place): readonly PolicySelector[] {
  return (readList(place) ?? []).map((one) => ({
    kind: readRequiredText(at(one, "kind")).toLowerCase(),
    in: readList(at(one, "in")) === null ? null : texts(at(one, "in")),
    notIn: readList(at(one, "notIn")) === null ? null : texts(at(one, "notIn")),
  }));
}

function texts(place: Place): readonly string[] {
  return (readList(place) ?? []).map((one) => readRequiredText(one).toLowerCase());
}
