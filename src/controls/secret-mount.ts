import { restrictedContainer, restrictedPod } from "./restricted-pod.ts";

/**
 * A SecretProviderClass for Key Vault and a Deployment that mounts it, under an identity of its own by workload
 * identity (https://learn.microsoft.com/azure/aks/csi-secrets-store-identity-access).
 */
export const secretMount = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: web-api
  namespace: web
  annotations:
    azure.workload.identity/client-id: <client-id>
---
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: web-api-secrets
  namespace: web
spec:
  provider: azure
  parameters:
    clientID: <client-id>
    tenantId: <tenant-id>
    keyvaultName: <vault>
    objects: |
      array:
        - |
          objectName: <secret>
          objectType: secret
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-api
  namespace: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web-api
  template:
    metadata:
      labels:
        app: web-api
        azure.workload.identity/use: "true"
    spec:
      serviceAccountName: web-api
${restrictedPod}
      containers:
        - name: web-api
          image: <registry>.azurecr.io/web-api@sha256:<digest>
${restrictedContainer}
          volumeMounts:
            - name: secrets
              mountPath: /mnt/secrets
              readOnly: true
      volumes:
        - name: secrets
          csi:
            driver: secrets-store.csi.k8s.io
            readOnly: true
            volumeAttributes:
              secretProviderClass: web-api-secrets`;
