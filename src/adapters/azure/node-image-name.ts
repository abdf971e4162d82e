const galleryImage =
  /\/(?:communityGalleries|sharedGalleries|galleries)\/([^/]+)\/images\/([^/]+)\/versions\/([^/]+)$/i;
const guidSuffix = /-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * An image's id in a gallery, spelt as a pool's `nodeImageVersion` is: gallery, image and version become
 * `AKSAzureLinux-V3gen2-202609.15.0`. A community gallery's name carries a GUID besides. Null for other images.
 */
export function nodeImageName(imageId: string): string | null {
  const [, gallery, image, version] = galleryImage.exec(imageId) ?? [];
  if (gallery === undefined || image === undefined || version === undefined) return null;
  return `${gallery.replace(guidSuffix, "")}-${image}-${version}`;
}
