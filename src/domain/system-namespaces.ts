/** Namespaces of Kubernetes' and Azure's own. */
export const systemNamespaces: readonly string[] = [
  // Every cluster has these (https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces).
  "kube-system",
  "kube-public",
  "kube-node-lease",
  // The built-in policy definitions and initiatives leave these out by default (github.com/Azure/azure-policy, built-in-policies/policyDefinitions/Kubernetes).
  "gatekeeper-system",
  "azure-arc",
  "azure-extensions-usage-system",
  "azuredefender",
  "mdc",
  // The mesh that AKS runs (https://learn.microsoft.com/azure/aks/istio-deploy-addon).
  "aks-istio-system",
  "aks-istio-ingress",
  "aks-istio-egress",
  // The ingress controllers that AKS runs (https://learn.microsoft.com/azure/aks/app-routing).
  "app-routing-system",
  // The engine for network policies, where it is Calico (https://learn.microsoft.com/azure/aks/use-network-policies).
  "calico-system",
  "tigera-operator",
  // Where `az aks command invoke` starts its pods (https://learn.microsoft.com/azure/aks/access-private-cluster).
  "aks-command",
];

export function isSystemNamespace(name: string): boolean {
  return systemNamespaces.includes(name);
}
