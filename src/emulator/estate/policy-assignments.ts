import { emptyColumns } from "./container-rows.ts";
import { guidOf } from "./ids.ts";
import { definitionIdOf, initiativeIdOf, type PolicyName, podSecurity } from "./policy-names.ts";
import { subscriptions } from "./tenant.ts";
import type { RawObject } from "./world.ts";

/** An assignment as the company made it. */
export interface EstateAssignment {
  readonly id: string;
  readonly row: RawObject;
  /** Subscriptions and resource groups it means, lower case; everything without it. */
  readonly means: (clusterId: string) => boolean;
  /** What the initiative calls each definition; the definition alone has none. */
  readonly members: Readonly<Partial<Record<PolicyName, string>>>;
  readonly setId: string | null;
}

const contoso = "/providers/Microsoft.Management/managementGroups/contoso";
const legacy = `/subscriptions/${subscriptions.legacy.subscriptionId}`;
const marketing = `/subscriptions/${subscriptions.marketing.subscriptionId}`;
const sandbox = `/subscriptions/${subscriptions.sandbox.subscriptionId}`;

const ownMembers = {
  users: "noRootUsers",
  seccomp: "seccompProfile",
  rootFilesystem: "readOnlyRootFilesystem",
  hostPaths: "noHostPaths",
  limits: "resourceLimits",
  tokens: "noTokenMounts",
  defaultNamespace: "noDefaultNamespace",
  images: "allowedRegistries",
} as const satisfies Readonly<Partial<Record<PolicyName, string>>>;

/** The company's own initiative: what pod security's restricted one lacks, or asks too widely to tell offenders apart. */
const ownInitiative: RawObject = {
  id: `${contoso}/providers/Microsoft.Authorization/policySetDefinitions/contoso-workloads`,
  name: "contoso-workloads",
  type: "microsoft.authorization/policysetdefinitions",
  ...emptyColumns,
  properties: {
    displayName: "Workloads of Contoso",
    policyType: "Custom",
    parameters: {
      effect: { type: "String", defaultValue: "Audit", allowedValues: ["Audit", "Deny", "Disabled"] },
      registries: { type: "String" },
    },
    policyDefinitions: [
      member("users", { runAsUserRule: "MustRunAsNonRoot" }),
      member("seccomp", { allowedProfiles: ["RuntimeDefault", "Localhost", "localhost/*"] }),
      member("rootFilesystem"),
      member("hostPaths", { allowedHostPaths: { paths: [] } }),
      member("limits", { cpuLimit: "1000", memoryLimit: "100Ti" }),
      member("tokens", {
        labelSelector: {
          matchExpressions: [{ key: "azure.workload.identity/use", operator: "DoesNotExist" }],
        },
      }),
      member("defaultNamespace"),
      member("images", { allowedContainerImagesRegex: "[parameters('registries')]" }),
    ],
  },
};

/**
 * What is assigned: pod security and the company's own initiative at its management group, both denying, without the
 * sandbox; the legacy subscription has the baseline alone, and marketing audits.
 */
export const policyAssignments: readonly EstateAssignment[] = [
  assign(contoso, "pod-security", podSecurity.restricted, "Deny", {
    notScopes: [legacy, marketing, sandbox],
    parameters: { allowedCapabilities: ["NET_BIND_SERVICE"], requiredDropCapabilities: ["ALL"] },
  }),
  assign(contoso, "workloads", { setId: String(ownInitiative.id), members: ownMembers }, "Deny", {
    notScopes: [sandbox],
    parameters: { registries: "^(contoso\\.azurecr\\.io|mcr\\.microsoft\\.com)/.+$" },
  }),
  assign(legacy, "pod-security-baseline", podSecurity.baseline, "Audit"),
  assign(marketing, "pod-security-audit", podSecurity.restricted, "Audit", {
    parameters: { allowedCapabilities: ["NET_BIND_SERVICE"], requiredDropCapabilities: ["ALL"] },
  }),
];

/** All that is assigned to clusters as rows of Resource Graph; a broken one stands at the resource group of `erp-import`. */
export const policyRows: readonly RawObject[] = [
  ownInitiative,
  ...policyAssignments.map(({ row }) => row),
  brokenAssignment(`${legacy}/resourceGroups/rg-erp-import-weu`),
];

interface Assigned {
  readonly notScopes?: readonly string[];
  readonly parameters?: RawObject;
}

type Initiative =
  | { readonly id: string; readonly members: EstateAssignment["members"] }
  | { readonly setId: string; readonly members: EstateAssignment["members"] };

function assign(
  scope: string,
  name: string,
  initiative: Initiative,
  effect: string,
  { notScopes = [], parameters = {} }: Assigned = {},
): EstateAssignment {
  const setId = "setId" in initiative ? initiative.setId : initiativeIdOf(initiative);
  const id = `${scope}/providers/Microsoft.Authorization/policyAssignments/${name}`;
  const within = `${scope}/`.toLowerCase();
  return {
    id,
    setId,
    members: initiative.members,
    means: (clusterId) =>
      (scope === contoso || clusterId.toLowerCase().startsWith(within)) &&
      !notScopes.some((excluded) => clusterId.toLowerCase().startsWith(`${excluded}/`.toLowerCase())),
    row: assignmentRow(id, scope, {
      policyDefinitionId: setId,
      notScopes,
      parameters: Object.fromEntries(
        Object.entries({ effect, ...parameters }).map(([key, value]) => [key, { value }]),
      ),
    }),
  };
}

function brokenAssignment(scope: string): RawObject {
  const id = `${scope}/providers/Microsoft.Authorization/policyAssignments/import`;
  return assignmentRow(id, scope, { policyDefinitionId: 7 });
}

/** Shape: https://learn.microsoft.com/azure/governance/policy/concepts/assignment-structure. */
function assignmentRow(id: string, scope: string, properties: RawObject): RawObject {
  const name = id.slice(id.lastIndexOf("/") + 1);
  return {
    id,
    name,
    type: "microsoft.authorization/policyassignments",
    ...emptyColumns,
    subscriptionId: /^\/subscriptions\/([^/]+)/.exec(scope)?.[1] ?? "",
    resourceGroup: /\/resourceGroups\/([^/]+)/.exec(scope)?.[1] ?? "",
    properties: {
      displayName: name,
      scope,
      enforcementMode: "Default",
      metadata: { createdOn: "2026-02-03T08:30:00.1234567Z", createdBy: guidOf("policy author") },
      ...properties,
    },
  };
}

/** Every member takes the initiative's effect. */
function member(name: keyof typeof ownMembers, parameters: RawObject = {}): RawObject {
  const given = { effect: "[parameters('effect')]", ...parameters };
  return {
    policyDefinitionReferenceId: ownMembers[name],
    policyDefinitionId: definitionIdOf(name),
    parameters: Object.fromEntries(Object.entries(given).map(([key, value]) => [key, { value }])),
  };
}
