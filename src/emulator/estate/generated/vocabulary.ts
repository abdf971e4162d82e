import {
  azureLinux3,
  azureLinuxOnV3,
  type NodeImage,
  ubuntu2204,
  ubuntu2404,
  windows2022,
} from "../node-images.ts";

/** The words generated names and tags are made of. */
export const teams = [
  "payments",
  "checkout",
  "search",
  "catalog",
  "inventory",
  "pricing",
  "fulfilment",
  "loyalty",
  "identity",
  "billing",
  "reporting",
  "streaming",
  "mobile",
  "partners",
  "logistics",
  "fraud",
  "ledger",
  "claims",
  "telemetry",
  "analytics",
] as const;

export const purposes = ["api", "web", "batch", "jobs", "events", "core", "ops", "cache", "index"] as const;

/** Environments of subscriptions; production is the most frequent. */
export const environments = ["prod", "prod", "prod", "test", "dev"] as const;

export const regions = [
  { location: "westeurope", code: "weu" },
  { location: "northeurope", code: "neu" },
  { location: "swedencentral", code: "sdc" },
  { location: "germanywestcentral", code: "gwc" },
  { location: "uksouth", code: "uks" },
  { location: "eastus2", code: "eus2" },
  { location: "westus3", code: "wus3" },
  { location: "southeastasia", code: "sea" },
] as const;

/** The management groups that subscriptions are put under. */
export const homes = ["contoso-online", "contoso-corp", "contoso-platform", "contoso-sandboxes"] as const;

export const poolNames = ["apps", "web", "jobs", "memory", "spot", "gpu", "batch", "infra"] as const;

export const vmSizes = [
  "Standard_D4ds_v5",
  "Standard_D4ds_v5",
  "Standard_D8ds_v5",
  "Standard_E8ds_v5",
  "Standard_F8s_v2",
] as const;

/** Images that no control objects to; Windows runs in user pools only. */
export const systemImages: readonly NodeImage[] = [ubuntu2204, ubuntu2404, azureLinux3, azureLinuxOnV3];
export const userImages: readonly NodeImage[] = [...systemImages, ...systemImages, windows2022];
