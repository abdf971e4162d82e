/** What only the people whose fleet it is can say. */
export interface ProfileParameters {
  /** Registries that images may come from, as in `contoso.azurecr.io`, or with a path below; none given means nobody said. */
  readonly allowedRegistries: readonly string[];
  /** Whose tokens may open API servers: types of resources such as `Microsoft.DataProtection/backupVaults`, addresses of issuers. */
  readonly knownIssuers: readonly string[];
}

export const noParameters: ProfileParameters = { allowedRegistries: [], knownIssuers: [] };
