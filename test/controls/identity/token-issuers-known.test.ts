import { tokenIssuersKnown } from "../../../src/controls/identity/token-issuers-known.ts";
import { describeControl } from "../../support/describe-control.ts";
import { hardenedCluster } from "../../support/snapshot.ts";

const vault = {
  path: `${hardenedCluster.id}/trustedAccessRoleBindings/backup`,
  issuer: "Microsoft.DataProtection/backupVaults",
  observed:
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/vault-payments",
};
const pipeline = {
  path: `${hardenedCluster.id}/jwtAuthenticators/pipeline`,
  issuer: "https://tokens.contoso.example/Build",
  observed: "https://tokens.contoso.example/Build",
};
const unlisted = "Azure does not show JWT authenticators here.";

describeControl(tokenIssuersKnown, {
  pass: {
    none: {},
    "those the profile knows": {
      trustedIssuers: {
        issuers: [vault, pipeline],
      },
      parameters: { knownIssuers: ["microsoft.dataprotection/BackupVaults", pipeline.issuer] },
    },
  },
  fail: {
    "a resource by Trusted Access": { trustedIssuers: { issuers: [vault] } },
    "an issuer beside Entra": { trustedIssuers: { issuers: [pipeline] } },
    "one beside another that is known": {
      trustedIssuers: { issuers: [vault, pipeline] },
      parameters: { knownIssuers: [vault.issuer] },
    },
    "an issuer whose address differs by its casing": {
      trustedIssuers: { issuers: [pipeline] },
      parameters: { knownIssuers: [pipeline.issuer.toLowerCase()] },
    },
    "a resource, where authenticators are not shown": { trustedIssuers: { issuers: [vault], unlisted } },
  },
  unknown: { "authenticators are not shown": { trustedIssuers: { unlisted } } },
});
