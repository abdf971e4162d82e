/** What a pool runs, in the three places where Azure says it. */
export interface NodeImage {
  readonly osType: "Linux" | "Windows";
  readonly osSKU: string;
  /** As in `agentPoolProfiles[].nodeImageVersion`, such as `AKSAzureLinux-V3gen2-202611.09.0`. */
  readonly nodeImageVersion: string;
  readonly gallery: string;
  readonly variant: string;
  readonly version: string;
}

/** The subscription of Azure's own that holds the AKS images; it shows in every scale set (https://github.com/Azure/AKS/tree/master/vhd-notes). */
const imageSubscription = "109a5e88-712a-48ae-9078-9ca8b3c81345";

/**
 * Suffixes of the community galleries that node auto-provisioning takes images from. Azure Linux and
 * Mariner as printed in public notes on its log and on confidential nodes; Ubuntu's is made up behind
 * the eight digits of https://github.com/Azure/AKS/tree/master/vhd-notes.
 */
const communitySuffixes: Readonly<Record<string, string>> = {
  AKSAzureLinux: "f7c7cda5-1c9a-4bdc-a222-9614c968580b",
  AKSCBLMariner: "0cf98c92-cbb1-40e7-a71c-d127332549ee",
  AKSUbuntu: "38d80f77-0000-4000-8000-000000000000",
};

/** `osSKU: AzureLinux3` is always 3.0. */
export const azureLinux3 = image("Linux", "AzureLinux3", "AKSAzureLinux", "V3gen2", "202611.09.0");
/** The image of the week after. */
export const azureLinux3Newer = image("Linux", "AzureLinux3", "AKSAzureLinux", "V3gen2", "202611.16.0");
/** The same for machines of the Arm architecture. */
export const azureLinux3Arm = image("Linux", "AzureLinux3", "AKSAzureLinux", "V3gen2arm64", "202611.09.0");
/** `osSKU: AzureLinux` says neither 2.0 nor 3.0; here the image name says 3.0. */
export const azureLinuxOnV3 = image("Linux", "AzureLinux", "AKSAzureLinux", "V3gen2", "202611.09.0");
/** The same `osSKU`, and the image name says 2.0: the last image there was. */
export const azureLinuxOnV2 = image("Linux", "AzureLinux", "AKSAzureLinux", "V2gen2", "202512.06.0");
/** The name Azure Linux 2.0 had before. */
export const cblMariner = image("Linux", "CBLMariner", "AKSCBLMariner", "V2gen2", "202502.03.0");
/** What FIPS on `osSKU: Ubuntu` stood on for long; it ends in March 2027, and new images are rare. */
export const ubuntu2004Fips = image("Linux", "Ubuntu", "AKSUbuntu", "2004gen2fipscontainerd", "202610.05.0");
/** Never renewed since the summer. */
export const ubuntu2204Old = image("Linux", "Ubuntu2204", "AKSUbuntu", "2204gen2containerd", "202608.24.0");
export const ubuntu2204 = image("Linux", "Ubuntu2204", "AKSUbuntu", "2204gen2containerd", "202611.03.0");
/** `osSKU: Ubuntu` on Kubernetes 1.35 and later. */
export const ubuntu2404 = image("Linux", "Ubuntu", "AKSUbuntu", "2404gen2containerd", "202611.03.0");
/** `osSKU: Ubuntu` on a cluster left behind years ago. */
export const ubuntu1804 = image("Linux", "Ubuntu", "AKSUbuntu", "1804gen2containerd", "202303.06.0");
export const windows2022 = image(
  "Windows",
  "Windows2022",
  "AKSWindows",
  "2022-containerd",
  "20348.5386.261110",
);

/** The newest of each variant; those that are no more have none. */
const latest: readonly NodeImage[] = [
  azureLinux3Newer,
  azureLinux3Arm,
  ubuntu2004Fips,
  ubuntu2204,
  ubuntu2404,
  windows2022,
];

/** The name of the newest image of the same variant, or null. */
export function latestNodeImage(nodeImageVersion: string): string | null {
  const found = latest.find(({ gallery, variant }) => nodeImageVersion.startsWith(`${gallery}-${variant}-`));
  return found?.nodeImageVersion ?? null;
}

/** The image of a scale set or of a machine in a pool: `imageReference.id`, as seen on a cluster in 2026. */
export function galleryImageId({ gallery, variant, version }: NodeImage): string {
  const resourceGroup = gallery.replace("AKS", "AKS-");
  return `/subscriptions/${imageSubscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/galleries/${gallery}/images/${variant}/versions/${version}`;
}

/** The image of a machine that node auto-provisioning made: `imageReference.communityGalleryImageId`. */
export function communityImageId({ gallery, variant, version }: NodeImage): string {
  return `/CommunityGalleries/${gallery}-${communitySuffixes[gallery]}/images/${variant}/versions/${version}`;
}

function image(
  osType: NodeImage["osType"],
  osSKU: string,
  gallery: string,
  variant: string,
  version: string,
): NodeImage {
  const nodeImageVersion = `${gallery}-${variant}-${version}`;
  return { osType, osSKU, nodeImageVersion, gallery, variant, version };
}
