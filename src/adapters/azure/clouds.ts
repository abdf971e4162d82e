/** Where one of Azure's clouds is reached (https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure). */
export interface Cloud {
  /** Resource Manager. */
  readonly endpoint: string;
  /** Of tokens for Resource Manager. */
  readonly scopes: readonly string[];
  /** Microsoft Graph, where the directory of people and groups is. */
  readonly graph: GraphAccess;
  /** Where the command line signs in; a managed identity needs none. */
  readonly authorityHost: string;
  /** Where people look at their resources, for links on cards. */
  readonly portalUrl: string;
}

/** Where Microsoft Graph is reached, and the scopes of tokens for it. */
export interface GraphAccess {
  readonly endpoint: string;
  readonly scopes: readonly string[];
}

export const cloudNames = ["public", "usgov", "china"] as const;
export type CloudName = (typeof cloudNames)[number];

export const clouds: Readonly<Record<CloudName, Cloud>> = {
  public: cloud(
    "https://management.azure.com",
    "https://graph.microsoft.com",
    "https://login.microsoftonline.com",
    "https://portal.azure.com",
  ),
  usgov: cloud(
    "https://management.usgovcloudapi.net",
    "https://graph.microsoft.us",
    "https://login.microsoftonline.us",
    "https://portal.azure.us",
  ),
  china: cloud(
    "https://management.chinacloudapi.cn",
    "https://microsoftgraph.chinacloudapi.cn",
    "https://login.chinacloudapi.cn",
    "https://portal.azure.cn",
  ),
};

/** A cloud by its addresses; the scope is never derived by the SDK itself. */
function cloud(endpoint: string, graphEndpoint: string, authorityHost: string, portalUrl: string): Cloud {
  return {
    endpoint,
    scopes: [scopeOf(endpoint)],
    graph: graphAt(graphEndpoint),
    authorityHost,
    portalUrl,
  };
}

/** Microsoft Graph at an address of its own. */
export function graphAt(endpoint: string): GraphAccess {
  return { endpoint, scopes: [scopeOf(endpoint)] };
}

/** The cloud with another address of Resource Manager, for those behind an address of their own. */
export function withEndpoint(known: Cloud, endpoint: string): Cloud {
  return { ...known, endpoint, scopes: [scopeOf(endpoint)] };
}

function scopeOf(endpoint: string): string {
  return `${endpoint.replace(/\/$/, "")}/.default`;
}
