import { privateApiServer, publicApiServer } from "../cluster-properties.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import { encryptedNetwork } from "../network-profiles.ts";
import { azureLinux3, azureLinuxOnV2, azureLinuxOnV3, ubuntu2404 } from "../node-images.ts";
import { officeRange, vpnRange } from "../ranges.ts";
import { subscriptions } from "../tenant.ts";

const shared = {
  subscription: subscriptions.payments,
  location: "westeurope",
  tags: { env: "prod", owner: "payments-platform", "cost-center": "4711" },
} as const;

/**
 * The example to all: private, so that it needs no ranges, and in a network that the monitor's is peered with; no local
 * accounts, Azure Linux 3.0 everywhere, traffic between the nodes encrypted.
 */
export const payProd = {
  ...shared,
  name: "aks-pay-prod-weu-01",
  resourceGroup: "rg-pay-prod-weu",
  pools: [
    { name: "sys", mode: "System", image: azureLinux3 },
    { name: "apps", image: azureLinux3, count: 6 },
  ],
  inside: { isPeered: true },
  properties: { apiServerAccessProfile: privateApiServer, networkProfile: encryptedNetwork },
} as const satisfies ClusterSpec;

/**
 * Its twin in the second region, public behind narrow ranges, and made from a template, which writes the keys of
 * add-ons in its own casing. Local accounts come back on the second night.
 */
export const payNorth = {
  ...shared,
  name: "aks-pay-prod-neu-01",
  resourceGroup: "rg-pay-prod-neu",
  location: "northeurope",
  addonCasing: "template",
  pools: [
    { name: "sys", mode: "System", image: azureLinuxOnV3 },
    { name: "apps", image: azureLinuxOnV3, count: 4 },
  ],
  properties: {
    apiServerAccessProfile: publicApiServer(officeRange, vpnRange),
  },
} as const satisfies ClusterSpec;

/** Behind two good pools one of Azure Linux 2.0 that is wrong in all a pool can be: whoever looks at the first alone sees nothing. */
export const payBatch = {
  ...shared,
  name: "aks-pay-batch-weu-01",
  resourceGroup: "rg-pay-batch-weu",
  pools: [
    { name: "sys", mode: "System", image: azureLinux3 },
    { name: "apps", image: ubuntu2404, count: 4 },
    {
      name: "nightly",
      image: azureLinuxOnV2,
      kubernetes: "1.31.11",
      count: 2,
      raw: {
        enableEncryptionAtHost: false,
        securityProfile: { enableVTPM: false, enableSecureBoot: false },
      },
    },
  ],
  properties: { apiServerAccessProfile: publicApiServer(officeRange) },
} as const satisfies ClusterSpec;

/**
 * `0.0.0.0/0` beside an office range, taken out on the second night. Secrets are mounted and never renewed; the nodes'
 * images come whenever they come. Inside, one workload has its secrets in the environment, and another mounts a Secret
 * that somebody made by hand.
 */
export const payTest = {
  ...shared,
  name: "aks-pay-test-weu-01",
  resourceGroup: "rg-pay-test-weu",
  tags: { env: "test", owner: "payments-platform", "cost-center": "4711" },
  pools: [
    { name: "sys", mode: "System", image: azureLinuxOnV3, count: 2 },
    { name: "apps", image: azureLinuxOnV3, count: 2 },
  ],
  addons: { azureKeyvaultSecretsProvider: { config: { enableSecretRotation: "false" } } },
  maintenance: ["default", "aksManagedAutoUpgradeSchedule"],
  inside: {
    namespaces: [
      {
        name: "pay",
        workloads: [
          {
            kind: "Deployment",
            name: "ledger",
            replicas: 2,
            container: {
              env: [
                {
                  name: "DATABASE_PASSWORD",
                  valueFrom: { secretKeyRef: { name: "database", key: "password" } },
                },
                { name: "SIGNING_KEY", value: "not-a-key" },
                { name: "LOG_LEVEL", value: "info" },
              ],
              envFrom: [{ secretRef: { name: "psp" } }],
            },
          },
          {
            kind: "StatefulSet",
            name: "acquirer",
            volumes: [{ name: "keys", secret: { secretName: "acquirer-keys", defaultMode: 420 } }],
          },
        ],
      },
    ],
  },
  properties: {
    apiServerAccessProfile: publicApiServer(officeRange, "0.0.0.0/0"),
  },
} as const satisfies ClusterSpec;
