/** What a path below an API server names. */
export interface ApiPath {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** In the plural, such as `pods`. */
  readonly resource: string;
  /** Null across all namespaces, and for resources outside of them. */
  readonly namespace: string | null;
  /** Null for a list. */
  readonly name: string | null;
  /** The path that lists the resource in all namespaces, such as `/api/v1/pods`. */
  readonly list: string;
}

const form =
  /^(?<root>\/api\/(?<core>v1)|\/apis\/(?<group>[^/]+)\/(?<version>[^/]+))(?:\/namespaces\/(?<namespace>[^/]+)(?=\/))?\/(?<resource>[^/]+)(?:\/(?<name>[^/]+))?\/?$/;

/** Reads a path such as `/api/v1/namespaces/web/pods`; null for one of another form, such as that of a subresource. */
export function readApiPath(path: string): ApiPath | null {
  const parts = form.exec(path)?.groups;
  if (!parts) return null;
  const { root = "", core, group = "", version, namespace, resource = "", name } = parts;
  return {
    group,
    version: core ?? version ?? "",
    resource,
    namespace: namespace ?? null,
    name: name ?? null,
    list: `${root}/${resource}`,
  };
}
