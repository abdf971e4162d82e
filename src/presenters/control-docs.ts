import { type Control, type FactControl, groupsReadBy, layers, type Part } from "../domain/control.ts";
import type { FactGroup } from "../domain/facts.ts";
import type { Profile } from "../domain/profile.ts";

/** What each group of facts is, in the words of a reader. */
export const factNames: Readonly<Record<FactGroup, string>> = {
  clock: "the date it judges at",
  power: "whether the cluster runs",
  placement: "the cluster's region",
  apiServer: "the cluster's API server access profile",
  apiServerName: "whether the API server keeps a public name",
  runCommand: "the cluster's switch for run command",
  localAccounts: "the cluster's switch for local accounts",
  entra: "the cluster's Entra profile",
  kubernetesRbac: "the cluster's switch for Kubernetes RBAC",
  workloadIdentity: "the cluster's workload identity and OIDC issuer profiles",
  podIdentity: "the cluster's pod identity profile",
  clusterIdentity: "the cluster's identity and service principal profile",
  principals: "the cluster's identities",
  adminGroups: "the groups that administer the cluster",
  tokenIssuer: "the cluster's issuer of tokens",
  linkLocal: "what pods may reach of their machine",
  upgrades: "the cluster's upgrade channels",
  nodeGroupLock: "the restriction of the node resource group",
  tier: "the cluster's pricing tier",
  controlPlaneVersion: "the control plane's Kubernetes version",
  poolVersions: "the node pools' Kubernetes versions",
  hostEncryption: "the node pools' encryption at host",
  sshAccess: "the node pools' SSH access",
  osDisks: "the OS disks of the node pools",
  trustedLaunch: "the node pools' secure boot and vTPM",
  networkPolicy: "the cluster's network policy engine and dataplane",
  networkPlugin: "the cluster's network plugin",
  loadBalancer: "the SKU of the cluster's load balancer",
  egress: "the cluster's outbound type and the subnets of its pools",
  ingress: "the ingress add-ons and the app routing profile",
  transitEncryption: "the encryption of traffic between nodes",
  policyAddon: "the Azure Policy add-on",
  keyVaultDriver: "the Key Vault secrets provider add-on",
  kms: "the encryption of Kubernetes objects in etcd",
  imageCleaner: "the image cleaner's profile",
  imageGating: "Defender's gate for images",
  metrics: "the monitoring add-on and the Azure Monitor profile",
  nodeImages: "the OS images of node pools, and of machines that no pool lists",
  nodeAddresses: "the public addresses of node pools, scale sets and network interfaces",
  defenderSensor: "the cluster's Defender profile",
  defenderPlan: "the Defender pricing that holds for the cluster",
  defenderPricings: "the extensions of the Defender plans for containers and for posture",
  imageVulnerabilities: "Defender's open assessments of images that run in the cluster",
  diagnosticSettings: "the diagnostic settings of the cluster, and whether the workspaces they name exist",
  clusterAccess: "the role assignments at, above and below the cluster, and at its Fleets",
  nodeGroupAccess: "the role assignments in the node resource group",
  identityGrants: "the roles of the cluster's own identities",
  nodeIdentities: "the identities of the nodes' scale sets and machines, and their roles",
  adminGroupMembers: "the members of those groups in the directory",
  federatedIdentities: "the identities that trust the cluster's tokens, and their roles",
  maintenanceWindows: "the cluster's maintenance configurations",
  subnetRoutes: "the route tables of the pools' subnets",
  assignedPolicies: "the policies for workloads assigned at the cluster and above it, with exemptions",
  workloadScan: "the workloads that offend, as the policy add-on reports them",
  inspectedWorkloads: "the workloads that offend, as the Kubernetes API shows them",
  namespaceIsolation: "the network policies in the cluster",
  kubernetesBindings: "the role bindings in the cluster",
  environmentSecrets: "the secrets in the environment of the cluster's pods",
  mountedSecrets: "the Secrets that the cluster's pods mount",
  podImages: "the images that the cluster's pods run",
  parameters: "what the profile allows",
  safeguards: "the cluster's deployment safeguards",
  trustedIssuers: "the cluster's Trusted Access bindings and JWT authenticators",
  regionVersions: "the versions of Kubernetes that the region offers",
  latestImages: "the latest image of each pool whose own is more than 35 days old",
};

const preamble = `# Controls

Made from the controls themselves by \`npm run docs\`; change those, not this page.

A verdict is one of four. *Pass* and *fail* need facts; *unknown* says what could not be read or does not decide;
*not applicable* says why the question does not arise. Neither of the last two ever counts as a pass.
In commands, names in braces are filled in for each finding; names in angle brackets are for you to choose.`;

/** The catalogue as a Markdown page: contents, then one section per control. */
export function renderControlDocs(catalogue: readonly Control[], profiles: readonly Profile[]): string {
  const manifests = manifestsOf(catalogue);
  const sections = catalogue.map((control) => sectionOf(control, profiles, manifests));
  return `${[preamble, contentsOf(catalogue), ...sections, ...manifestSections(manifests)].join("\n\n")}\n`;
}

function contentsOf(catalogue: readonly Control[]): string {
  const rows = layers.flatMap((layer) =>
    catalogue
      .filter((control) => control.layer === layer)
      .map(({ id, title, severity }) => `| ${linkTo(id)} | ${title} | ${severity} |`),
  );
  return ["| Control | Asks | Severity |", "|---|---|---|", ...rows].join("\n");
}

/** As GitHub makes an anchor of a heading: lower case, full stops and commas dropped, hyphens for spaces. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replaceAll(/[.,]/g, "").replaceAll(" ", "-");
}

function sectionOf(
  control: Control,
  profiles: readonly Profile[],
  manifests: readonly ShownManifest[],
): string {
  const { id, title, layer, severity, rationale, remediation, references } = control;
  const held = profiles.filter(({ controls }) => controls.some(({ control: { id: other } }) => other === id));
  const facts = [
    ["Severity", severity],
    ["Layer", layer],
    ["Revision", String(control.revision ?? 1)],
    ["Profiles", held.map(({ name }) => `\`${name}\``).join(", ")],
    ["parts" in control ? "Fails when all of these fail" : "Reads", readsOf(control)],
  ];
  const frameworks = [
    ["CIS AKS Benchmark 1.8.0", references.cis],
    ["Microsoft cloud security benchmark", references.mcsb],
    ["Azure Policy definitions", references.policy?.map((guid) => `\`${guid}\``)],
    ["Guides", references.guides?.map((guide) => `[${guide}](guides.md)`)],
  ] as const;
  const shown = manifests.filter(({ manifest }) => manifest === remediation.manifest);
  return [
    `## ${id}`,
    `**${title}.** ${rationale}`,
    facts.map(([name, value]) => `- ${name}: ${value}`).join("\n"),
    `**Fix.** ${remediation.summary}`,
    `\`\`\`sh\n${remediation.commands.join("\n")}\n\`\`\``,
    [
      ...shown.map(({ heading }) => `- Manifest: [${heading}](#${anchorOf(heading)})`),
      `- Docs: <${references.docs}>`,
      ...frameworks.flatMap(([name, ids]) => (ids === undefined ? [] : [`- ${name}: ${ids.join(", ")}`])),
    ].join("\n"),
  ].join("\n\n");
}

function readsOf(control: Control): string {
  return "parts" in control
    ? control.parts.map(linkPart).join("; and ")
    : groupsReadBy(control)
        .map((group) => factNames[group])
        .join("; ");
}

function linkPart(part: Part): string {
  return "id" in part ? linkNarrowed(part) : `one of ${part.map(linkNarrowed).join(", ")}`;
}

function linkNarrowed({ id, narrowedTo }: FactControl): string {
  return narrowedTo === undefined ? linkTo(id) : `${linkTo(id)} (${narrowedTo})`;
}

function linkTo(id: string): string {
  return `[\`${id}\`](#${anchorOf(id)})`;
}

/** Each manifest once, since most controls of workloads share one, under a heading of its kinds of objects. */
interface ShownManifest {
  readonly manifest: string;
  readonly heading: string;
  readonly controls: readonly string[];
}

function manifestsOf(catalogue: readonly Control[]): readonly ShownManifest[] {
  const controls = catalogue.filter(({ remediation }) => remediation.manifest !== undefined);
  const distinct = new Set(controls.flatMap(({ remediation: { manifest } }) => manifest ?? []));
  return [...distinct].map((manifest, index) => ({
    manifest,
    heading: `${index + 1}. ${kindsIn(manifest)}`,
    controls: controls.filter(({ remediation }) => remediation.manifest === manifest).map(({ id }) => id),
  }));
}

/** As in `Role, RoleBinding`. */
function kindsIn(manifest: string): string {
  const kinds = [...manifest.matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind);
  return [...new Set(kinds)].join(", ");
}

function manifestSections(manifests: readonly ShownManifest[]): readonly string[] {
  if (manifests.length === 0) return [];
  const sections = manifests.map(({ manifest, heading, controls }) =>
    [`### ${heading}`, `For ${controls.map(linkTo).join(", ")}.`, `\`\`\`yaml\n${manifest}\n\`\`\``].join(
      "\n\n",
    ),
  );
  return ["## Manifests", ...sections];
}
