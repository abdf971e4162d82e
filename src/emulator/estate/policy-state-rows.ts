import type { ClusterSpec } from "./cluster-spec.ts";
import { emptyColumns } from "./container-rows.ts";
import { hexOf } from "./ids.ts";
import { type EstateAssignment, policyAssignments } from "./policy-assignments.ts";
import { definitionIdOf, type PolicyName } from "./policy-names.ts";
import type { RawObject } from "./world.ts";

const stateType = "microsoft.policyinsights/policystates";
const componentType = "microsoft.policyinsights/componentpolicystates";

/** The types of the rows below. */
export const policyStateTypes: readonly string[] = [stateType, componentType];

/** What the policy add-on of a cluster reports, if it is on: one row for each definition, and one for each object that offends. */
export function policyStateRows(
  spec: ClusterSpec,
  clusterRow: RawObject,
  isWanted: (type: string) => boolean = () => true,
): readonly RawObject[] {
  if (!isReporting(clusterRow)) return [];
  const clusterId = String(clusterRow.id);
  return policyAssignments
    .filter(({ means }) => means(clusterId))
    .flatMap((assignment) =>
      // Object.keys forgets whose keys they are.
      (Object.keys(assignment.members) as readonly PolicyName[]).flatMap((name) => {
        const offenders = spec.offenders?.[name] ?? [];
        const about = { spec, clusterId, assignment, name };
        return [
          ...(isWanted(stateType) ? [stateRow(about, offenders.length > 0)] : []),
          ...(isWanted(componentType) ? offenders.map((one) => componentRow(about, one)) : []),
        ];
      }),
    );
}

interface About {
  readonly spec: ClusterSpec;
  readonly clusterId: string;
  readonly assignment: EstateAssignment;
  readonly name: PolicyName;
}

function stateRow(about: About, isViolated: boolean): RawObject {
  return row(about, stateType, about.name, {
    complianceState: isViolated ? "NonCompliant" : "Compliant",
    isCompliant: !isViolated,
    resourceGroup: about.spec.resourceGroup.toLowerCase(),
    isDeleted: false,
  });
}

/** An offender is written `namespace/kind/name`; Azure's id of it has no kind. */
function componentRow(about: About, offender: string): RawObject {
  const [namespace = "", kind = "", name = ""] = offender.split("/");
  return row(about, componentType, `${about.name} ${offender}`, {
    complianceState: "NonCompliant",
    componentId: `${namespace}/${name}`,
    componentType: kind,
    componentName: name,
  });
}

/** Ids come in lower case, whatever they were. */
function row(
  { spec, clusterId, assignment, name }: About,
  type: string,
  key: string,
  properties: RawObject,
): RawObject {
  const number = hexOf(`${clusterId} ${assignment.id} ${key}`, 40);
  const { subscriptionId } = spec.subscription;
  return {
    id: `${clusterId.toLowerCase()}/providers/${type}/${number}`,
    name: number,
    type,
    ...emptyColumns,
    resourceGroup: spec.resourceGroup.toLowerCase(),
    subscriptionId,
    properties: {
      timestamp: "2026-11-19T22:40:05Z",
      resourceId: clusterId.toLowerCase(),
      resourceType: "microsoft.containerservice/managedclusters",
      resourceLocation: spec.location,
      subscriptionId,
      policyAssignmentId: assignment.id.toLowerCase(),
      policyAssignmentName: assignment.id.slice(assignment.id.lastIndexOf("/") + 1),
      policyDefinitionId: definitionIdOf(name).toLowerCase(),
      policyDefinitionReferenceId: assignment.members[name]?.toLowerCase() ?? "",
      policySetDefinitionId: assignment.setId?.toLowerCase() ?? "",
      policyDefinitionAction: "deny",
      ...properties,
    },
  };
}

/** The add-on's key has whatever casing the row gives it. */
function isReporting({ properties }: RawObject): boolean {
  const addons = objectAt(properties, "addonProfiles");
  const key = Object.keys(addons).find((one) => one.toLowerCase() === "azurepolicy");
  return key !== undefined && objectAt(addons, key).enabled === true;
}

function objectAt(value: unknown, key: string): RawObject {
  const found =
    typeof value === "object" && value !== null
      ? Object.entries(value).find(([name]) => name === key)
      : undefined;
  return typeof found?.[1] === "object" && found[1] !== null ? { ...found[1] } : {};
}
