import { SourceError } from "../../../application/source-error.ts";
import type { ArmPace } from "../../azure/arm-pace.ts";
import { askOrThrow } from "../../azure/ask.ts";
import type { ResourceManager } from "../../azure/resource-manager.ts";
import { mapAnswer } from "../../map-answer.ts";
import type { Patience } from "../../patience.ts";
import { at, readList, readRequiredText } from "../../row.ts";
import { assignRole } from "./remedies.ts";

/** Where a cluster's API server is, and who vouches for it. */
export interface WayIn {
  /** An https address, which may have a path. */
  readonly server: string;
  /** Certificates in PEM, base64. */
  readonly authority: string;
}

/** Only for clusters with managed Entra: of any other this is an administrator's credential. @throws SourceError */
export async function readWayIn(
  {
    arm,
    patience,
    pace,
  }: { readonly arm: ResourceManager; readonly patience: Patience; readonly pace: ArmPace },
  clusterId: string,
): Promise<WayIn> {
  const task = `the way into ${clusterId}`;
  await pace.turn(/^\/subscriptions\/([^/]+)/i.exec(clusterId)?.[1] ?? "");
  const value = await askOrThrow(
    {
      task,
      remedy: assignRole("Azure Kubernetes Service Cluster User Role", clusterId),
      send: arm.userCredential(clusterId),
    },
    patience,
  );
  const encoded = mapAnswer(task, () => {
    const [first] = readList(at({ path: "", value }, "kubeconfigs")) ?? [];
    return readRequiredText(at(first ?? { path: "kubeconfigs[0]", value: undefined }, "value"));
  });
  const wayIn = await readKubeconfig(Buffer.from(encoded, "base64").toString("utf8"));
  if (typeof wayIn === "string")
    throw new SourceError(`Could not read ${task}: ${wayIn}.`, { reason: "malformed" });
  return wayIn;
}

/**
 * The address and the authority of the current context, or what is wrong with them. Whatever else a kubeconfig holds,
 * credentials above all, is dropped unread; a parser's complaint would quote it and is dropped as well.
 */
async function readKubeconfig(text: string): Promise<WayIn | string> {
  const { KubeConfig } = await import("@kubernetes/client-node");
  const kubeConfig = new KubeConfig();
  try {
    kubeConfig.loadFromString(text, { onInvalidEntry: "filter" });
  } catch {
    return "the kubeconfig that Azure answered is none";
  }
  const { server, caData } = kubeConfig.getCurrentCluster() ?? {};
  if (typeof server !== "string" || !isSafeAddress(server))
    return "the kubeconfig names no https address of an API server";
  if (typeof caData !== "string" || !holdsCertificate(caData))
    return "the kubeconfig names no certificate authority";
  return { server, authority: caData };
}

/** A token goes there. */
function isSafeAddress(server: string): boolean {
  if (!URL.canParse(server)) return false;
  const { protocol, username, password, search, hash } = new URL(server);
  return protocol === "https:" && username + password + search + hash === "";
}

function holdsCertificate(base64: string): boolean {
  return Buffer.from(base64, "base64").toString("utf8").includes("-----BEGIN CERTIFICATE-----");
}
