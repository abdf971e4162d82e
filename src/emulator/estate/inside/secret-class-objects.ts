import { tenantId } from "../tenant.ts";
import type { RawObject } from "../world.ts";
import { kubernetesObject } from "./kubernetes-object.ts";

/** The volume by which a pod has secrets of a vault mounted (https://learn.microsoft.com/azure/aks/csi-secrets-store-driver). */
export function vaultVolume(secretProviderClass: string): RawObject {
  return {
    name: "vault",
    csi: {
      driver: "secrets-store.csi.k8s.io",
      readOnly: true,
      volumeAttributes: { secretProviderClass },
    },
  };
}

/** A SecretProviderClass, which may keep up a Secret of Kubernetes with what it fetches. */
export function secretProviderClass(namespace: string, name: string, syncedSecret?: string): RawObject {
  return kubernetesObject(
    "secrets-store.csi.x-k8s.io/v1",
    "SecretProviderClass",
    { name, namespace },
    {
      spec: {
        provider: "azure",
        parameters: {
          keyvaultName: `kv-contoso-${namespace}`,
          tenantId,
          usePodIdentity: "false",
          objects: `array:\n  - |\n    objectName: ${name}\n    objectType: secret\n`,
        },
        ...(syncedSecret !== undefined && {
          secretObjects: [
            {
              secretName: syncedSecret,
              type: "kubernetes.io/tls",
              data: [
                { objectName: name, key: "tls.key" },
                { objectName: name, key: "tls.crt" },
              ],
            },
          ],
        }),
      },
    },
  );
}
