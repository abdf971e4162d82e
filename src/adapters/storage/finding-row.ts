import { SourceError } from "../../application/source-error.ts";
import type { ClusterRef } from "../../domain/cluster.ts";
import type { Finding } from "../../domain/finding.ts";
import { clusterRowKey } from "./cluster-row.ts";
import { fitFinding } from "./fit-finding.ts";
import { packText } from "./packed-text.ts";
import type { Row } from "./table.ts";
import { tableKey } from "./table-key.ts";

const mostParts = 4;
/** A little under what the parts hold, since a part may end early. */
const mostCharacters = mostParts * 31_999;

/** The key of a finding: its cluster's, then the control. */
export function findingRowKey(
  cluster: ClusterRef,
  control: string,
): { readonly partitionKey: string; readonly rowKey: string } {
  const { partitionKey } = clusterRowKey(cluster);
  return {
    partitionKey,
    rowKey: tableKey(cluster.resourceGroup ?? "", cluster.name, cluster.resourceUid ?? "", control),
  };
}

/** A finding in full, for those who read the present; a sweep never reads it. */
export function findingRow(sweepId: string, cluster: ClusterRef, finding: Finding): Row {
  const parts = packText("finding", JSON.stringify(fitFinding(finding, mostCharacters)), mostParts);
  if (parts === null)
    throw new SourceError(`Finding ${finding.control} of ${cluster.id} is larger than a table row.`, {
      reason: "malformed",
    });
  return { ...findingRowKey(cluster, finding.control), sweepId, ...parts };
}
