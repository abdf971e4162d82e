import { defineCombination } from "../../domain/control.ts";
import { localAccountsDisabled } from "../identity/local-accounts-disabled.ts";
import { apiServerRestricted } from "./api-server-restricted.ts";

export const openDoorAbsent = defineCombination({
  id: "control-plane.open-door-absent",
  title: "No certificate alone opens the cluster from anywhere",
  severity: "critical",
  layer: "control-plane",
  rationale:
    "An API server open to the internet and local accounts together mean that one leaked kubeconfig file is cluster admin from any network, with no further sign-in to stop it.",
  remediation: {
    summary:
      "Either fix closes the door: disable local accounts and rotate the certificates handed out before, or restrict who reaches the API server. Do both in time.",
    commands: [...localAccountsDisabled.remediation.commands, ...apiServerRestricted.remediation.commands],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/operator-best-practices-cluster-security",
    guides: ["A", "B"],
  },
  parts: [apiServerRestricted, localAccountsDisabled],
});
