/** Where one of Azure's clouds is reached (https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure). */
export interface Cloud {
  /** Resource Manager. */
  readonly endpoint: string;
  /** Of tokens for Resource Manager. */
  readonly scopes: readonly string[];
  /** Where the command line signs in; a managed identity needs none. */
  readonly authorityHost: string;
}

export type CloudName = "public" | "usgov" | "china";

export const clouds: Readonly<Record<CloudName, Cloud>> = {
  public: cloud("https://management.azure.com", "https://login.microsoftonline.com"),
  usgov: cloud("https://management.usgovcloudapi.net", "https://login.microsoftonline.us"),
  china: cloud("https://management.chinacloudapi.cn", "https://login.chinacloudapi.cn"),
};

/** A cloud by its addresses, for those without a name here; the scope is never derived by the SDK itself. */
export function cloud(endpoint: string, authorityHost: string): Cloud {
  return { endpoint, scopes: [`${endpoint.replace(/\/$/, "")}/.default`], authorityHost };
}
