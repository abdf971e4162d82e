import { isResourceGroupOrWider, type RoleGrant } from "../../../domain/access.ts";

/** Whether it makes an application or identity, or what old assignments do not say to be a person, mighty over more than a single resource. A role that nobody shows may be mighty. */
export function isMightyApplication({ role: { powers }, scope, principalType }: RoleGrant): boolean {
  return (
    (powers === null || powers.includes("everything") || powers.includes("roleAssignments")) &&
    isResourceGroupOrWider(scope) &&
    !/^(user|group|foreigngroup|device)$/i.test(principalType ?? "")
  );
}
