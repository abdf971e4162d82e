import type { BindingSubject } from "../domain/inspection.ts";

/** Lists of the Kubernetes API that were looked at, as pass evidence names them. */
export const podList = "/api/v1/pods";
/** Of RoleBindings and ClusterRoleBindings alike. */
export const bindingLists = "/apis/rbac.authorization.k8s.io/v1";

/** Why nothing about pods arises. */
export const noPods = "No pod runs outside the namespaces of the system.";

/** Why an answer without any binding is none. */
export const noBindings = "The Kubernetes API lists no binding, though every cluster has some of its own.";

/** As in `ServiceAccount ci/deployer` or `Group <object id>`. */
export function describeSubject({ kind, name, namespace }: BindingSubject): string {
  return `${kind} ${namespace === null ? name : `${namespace}/${name}`}`;
}
