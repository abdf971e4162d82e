import type { RawObject } from "../estate/world.ts";
import { readText } from "../world-index.ts";
import {
  administratorToken,
  applicationOfAks,
  entraOf,
  hasManagedEntra,
  privateNameOf,
} from "./cluster-sign-in.ts";

/** Where the API servers of the clusters are served. */
export interface ServedClusters {
  /** Origin; each cluster lies below it. */
  readonly url: string;
  /** The certificate that kubeconfigs name as the authority, PEM. */
  readonly authority: string;
}

/** The public client by which people sign in (https://learn.microsoft.com/azure/aks/kubelogin-authentication). */
const clientId = "80faf920-1908-4b52-b5ef-a8e7bedfc67a";

/** A cluster's kubeconfig as Azure writes it (`az aks get-credentials --file -`), with the address of its emulated API server. */
export function writeKubeconfig(cluster: RawObject, served: ServedClusters, isPrivate: boolean): string {
  const name = readText(cluster, "name");
  const user = `clusterUser_${readText(cluster, "resourceGroup")}_${name}`;
  return `${[
    "apiVersion: v1",
    "clusters:",
    "- cluster:",
    `    certificate-authority-data: ${base64(served.authority)}`,
    `    server: ${isPrivate ? `https://${privateNameOf(cluster)}:443` : addressOf(cluster, served)}`,
    `  name: ${name}`,
    "contexts:",
    "- context:",
    `    cluster: ${name}`,
    `    user: ${user}`,
    `  name: ${name}`,
    `current-context: ${name}`,
    "kind: Config",
    "preferences: {}",
    "users:",
    `- name: ${user}`,
    "  user:",
    ...(entraOf(cluster) === null ? administrator(cluster) : signIn(cluster)),
  ].join("\n")}\n`;
}

function addressOf(cluster: RawObject, { url }: ServedClusters): string {
  const [, , subscription = "", , group = ""] = readText(cluster, "id").split("/");
  return `${url}/${subscription}/${group}/${readText(cluster, "name")}`;
}

/** A program is asked for a token: nothing here opens anything. Older integrations name an application of their own. */
function signIn(cluster: RawObject): readonly string[] {
  const profile = entraOf(cluster) ?? {};
  const isManaged = hasManagedEntra(cluster);
  const args = [
    ["get-token"],
    ["--environment", "AzurePublicCloud"],
    ["--server-id", isManaged ? applicationOfAks : readText(profile, "serverAppID")],
    ["--client-id", isManaged ? clientId : readText(profile, "clientAppID")],
    ["--tenant-id", readText(profile, "tenantID")],
    ["--login", "devicecode"],
  ].flat();
  return [
    "    exec:",
    "      apiVersion: client.authentication.k8s.io/v1beta1",
    "      args:",
    ...args.map((arg) => `      - ${arg}`),
    "      command: kubelogin",
    "      env: null",
    "      provideClusterInfo: false",
  ];
}

/** The administrator's own credential, handed to whoever may ask for a user's. */
function administrator(cluster: RawObject): readonly string[] {
  return [
    `    client-certificate-data: ${base64("not-a-certificate")}`,
    `    client-key-data: ${base64("not-a-key")}`,
    `    token: ${administratorToken(cluster)}`,
  ];
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");
