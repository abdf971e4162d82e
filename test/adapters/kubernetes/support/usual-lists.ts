import { denyAll, rawNamespace, rawPod, rawPolicy } from "./raw-objects.ts";

export const pods = "/api/v1/pods";
export const namespaces = "/api/v1/namespaces";
export const policies = "/apis/networking.k8s.io/v1/networkpolicies";

/** A cluster of one hardened pod, in a namespace that denies by default. */
export const usualLists = {
  [namespaces]: [rawNamespace("web"), rawNamespace("kube-system")],
  [pods]: [rawPod()],
  [policies]: [rawPolicy("web", "default-deny", denyAll)],
};
