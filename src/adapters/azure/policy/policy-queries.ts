import { quote } from "../kusto-text.ts";
import { definitionDefaults } from "./built-in-policies.ts";

export const policyAssignmentsQuery = `policyresources
| where type =~ 'microsoft.authorization/policyassignments'
| project id, properties
| order by id asc`;

export const policyExemptionsQuery = `policyresources
| where type =~ 'microsoft.authorization/policyexemptions'
| project id, properties
| order by id asc`;

/** The initiatives that are assigned, each once. A summary is never paged: of more than a thousand Resource Graph says that it cut them off. */
export const assignedSetsQuery = `policyresources
| where type =~ 'microsoft.authorization/policyassignments'
| extend definitionId = tolower(tostring(properties.policyDefinitionId))
| where definitionId contains '/policysetdefinitions/'
| summarize assignments = count() by definitionId
| project id = definitionId, assignments
| order by id asc`;

/** Initiatives of these ids. */
export function policySetsQuery(ids: readonly string[]): string {
  return `policyresources
| where type =~ 'microsoft.authorization/policysetdefinitions'
| where id in~ (${ids.map(quote).join(", ")})
| project id, properties
| order by id asc`;
}

const definitionIds = [...definitionDefaults.keys()]
  .map((guid) => quote(`/providers/microsoft.authorization/policydefinitions/${guid}`))
  .join(", ");

/** What each assigned definition came to on each cluster. */
export const policyStatesQuery = `policyresources
| where type =~ 'microsoft.policyinsights/policystates'
| where tostring(properties.policyDefinitionId) in~ (${definitionIds})
| project id, clusterId = properties.resourceId, assignmentId = properties.policyAssignmentId,
    definitionId = properties.policyDefinitionId, reference = properties.policyDefinitionReferenceId,
    state = properties.complianceState
| order by id asc`;

/** Objects in clusters that offend, one row each and at most 500 for each cluster and definition. */
export const componentStatesQuery = `policyresources
| where type =~ 'microsoft.policyinsights/componentpolicystates'
| where tostring(properties.complianceState) =~ 'NonCompliant'
| where tostring(properties.policyDefinitionId) in~ (${definitionIds})
| project id, clusterId = properties.resourceId, assignmentId = properties.policyAssignmentId,
    definitionId = properties.policyDefinitionId, reference = properties.policyDefinitionReferenceId,
    component = properties.componentId, kind = properties.componentType
| order by id asc`;
