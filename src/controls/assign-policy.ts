/**
 * The command that assigns a built-in definition to the cluster's resource group, in Audit at first: what offends is
 * then named, and nothing is refused. `parameters` are those the definition needs beside its effect.
 */
export function assignPolicy(
  name: string,
  definition: string,
  parameters: Readonly<Record<string, unknown>> = {},
): string {
  const given = { effect: "Audit", ...parameters };
  const values = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, { value }]));
  return `az policy assignment create --subscription {subscription} --resource-group {resourceGroup} --name ${name} --policy ${definition} --params '${JSON.stringify(values)}'`;
}
