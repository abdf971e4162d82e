import type { ClusterPower } from "../../../domain/inspection.ts";
import { type Place, readList, readRequiredText, readText, readTexts } from "../../row.ts";
import { at } from "./field.ts";

export interface RolePowers {
  /** As a binding names it: `ClusterRole/name`, `namespace/Role/name`. */
  readonly role: string;
  readonly powers: readonly ClusterPower[];
}

/**
 * The greatest of the powers that a role's rules add up to
 * (https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/cluster-role-v1/). @throws MalformedPropertyError
 */
export function mapRole(root: Place): RolePowers {
  const name = readRequiredText(at(root, "metadata.name"));
  const namespace = readText(at(root, "metadata.namespace"));
  const rules = (readList(at(root, "rules")) ?? []).map(mapRule);
  return {
    role: namespace === null ? `ClusterRole/${name}` : `${namespace}/Role/${name}`,
    powers: rules.some(isWildcard) ? ["wildcard"] : rules.some(reachesKubelets) ? ["nodes/proxy"] : [],
  };
}

interface Rule {
  readonly verbs: readonly string[];
  readonly groups: readonly string[];
  readonly resources: readonly string[];
}

function mapRule(rule: Place): Rule {
  return {
    verbs: readTexts(at(rule, "verbs")) ?? [],
    groups: readTexts(at(rule, "apiGroups")) ?? [],
    resources: readTexts(at(rule, "resources")) ?? [],
  };
}

/** Pods and Secrets are in the core group, and who owns the rules of access gives himself all the others. */
const mightyGroups: ReadonlySet<string> = new Set(["*", "", "rbac.authorization.k8s.io"]);

function isWildcard({ verbs, groups, resources }: Rule): boolean {
  return verbs.includes("*") && resources.includes("*") && groups.some((group) => mightyGroups.has(group));
}

/** Whoever may get it runs commands in every pod of a node, past the API server's own checks (https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes). */
function reachesKubelets({ verbs, groups, resources }: Rule): boolean {
  return (
    verbs.length > 0 &&
    groups.some((group) => group === "" || group === "*") &&
    resources.some((resource) => ["nodes/proxy", "*/proxy", "*"].includes(resource))
  );
}
