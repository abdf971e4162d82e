import type { ClusterRef } from "./cluster.ts";
import type { Evidence } from "./verdict.ts";

export interface Remediation {
  readonly summary: string;
  /**
   * Command lines with `{subscription}`, `{resourceGroup}`, `{cluster}` and `{location}`, and with what only evidence
   * names: `{pool}`, or parts of an offender's id as `offenderNames` has them. Those are written once for each offender.
   */
  readonly commands: readonly string[];
  /** YAML of Kubernetes objects as they should be, for what lies inside the cluster. */
  readonly manifest?: string;
}

/** What an offender's resource id gives a command, by placeholder. */
const offenderIds: readonly RegExp[] = [
  /^(?<assignment>.+\/roleAssignments\/[^/]+)$/i,
  /\/trustedAccessRoleBindings\/(?<binding>[^/]+)$/i,
  /\/jwtAuthenticators\/(?<authenticator>[^/]+)$/i,
  /^\/subscriptions\/(?<identitySubscription>[^/]+)\/resourceGroups\/(?<identityGroup>[^/]+)\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/(?<identity>[^/]+)\/federatedIdentityCredentials\/(?<credential>[^/]+)$/i,
];

/** The placeholders that evidence fills. */
export const offenderNames: readonly string[] = [
  "{pool}",
  ...offenderIds.flatMap(({ source }) => [...source.matchAll(/\?<(\w+)>/g)].map(([, name]) => `{${name}}`)),
];

/** The fix with real names filled in, each safe to paste into a shell; one line for each offender where the command speaks of one. */
export function remediationCommands(
  { remediation }: { readonly remediation: Remediation },
  cluster: ClusterRef,
  evidence: readonly Evidence[],
): readonly string[] {
  const names = {
    "{subscription}": cluster.subscriptionId ?? "<subscription>",
    "{resourceGroup}": cluster.resourceGroup ?? "<resource-group>",
    "{cluster}": cluster.name,
    "{location}": cluster.location ?? "<location>",
  };
  const offenders = evidence.map(namesOf);
  const lines = remediation.commands.flatMap((template) => {
    const wanted = offenderNames.filter((name) => template.includes(name));
    if (wanted.length === 0) return fillIn(template, names);
    return offenders
      .filter((offender) => wanted.every((name) => name in offender))
      .map((offender) => fillIn(template, { ...names, ...offender }));
  });
  return [...new Set(lines)];
}

function namesOf({ path, pool }: Evidence): Readonly<Record<string, string>> {
  const found = offenderIds.flatMap((pattern) => Object.entries(pattern.exec(path)?.groups ?? {}));
  return {
    ...(pool !== undefined && { "{pool}": pool }),
    ...Object.fromEntries(found.map(([name, value]) => [`{${name}}`, value])),
  };
}

/** In one pass: a name that itself looks like a placeholder must not be filled in again, inside its own quotes. */
function fillIn(template: string, names: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{\w+\}/g, (place) => {
    const name = names[place];
    return name === undefined ? place : quoteForShell(name);
  });
}

/** Names of resource groups may hold parentheses, which a shell would read as its own. */
function quoteForShell(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
