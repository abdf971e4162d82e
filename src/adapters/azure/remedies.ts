/** Ids of the built-in roles a remedy names (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles). */
const roles = {
  Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  "Security Reader": "39bc4728-0917-49c7-9d2c-d95423bc2eb4",
  "Key Vault Secrets User": "4633458b-17de-408a-b874-0445c86b69e6",
} as const;

/** The sentence that mends a refusal: which role is missing where, and the command that grants it. */
export function grantRole(role: keyof typeof roles, scope: string): string {
  return `Grant the monitor's identity the role ${role} (${roles[role]}) on ${scope}: az role assignment create --assignee <principal-id> --role ${roles[role]} --scope ${scope}`;
}

/** The same for several subscriptions at once, of which a refusal does not tell which one it means. */
export function grantRoleOnSubscriptions(
  role: keyof typeof roles,
  subscriptionIds: readonly string[],
): string {
  const [only] = subscriptionIds;
  if (subscriptionIds.length === 1 && only !== undefined) return grantRole(role, `/subscriptions/${only}`);
  return grantRole(role, "/subscriptions/<subscription-id>");
}

/** The same for application permissions of Microsoft Graph (https://learn.microsoft.com/graph/permissions-reference), which no role of Azure gives. */
export function grantGraphPermission(...permissions: readonly string[]): string {
  return `Grant the monitor's identity the application permission ${permissions.join(" and ")} of Microsoft Graph: az rest --method POST --url https://graph.microsoft.com/v1.0/servicePrincipals/<principal-id>/appRoleAssignments --body <app-role-assignment>`;
}
