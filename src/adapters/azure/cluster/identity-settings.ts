import type { Facts } from "../../../domain/facts.ts";
import type { Setting } from "../../../domain/setting.ts";
import {
  at,
  MalformedPropertyError,
  type Place,
  readBoolean,
  readObject,
  readText,
  readTexts,
} from "../../row.ts";
import { booleanSetting, openTextSetting, textSetting, toSetting } from "./setting.ts";

// What absent properties mean, here and in the files beside this one: https://learn.microsoft.com/rest/api/aks/managed-clusters/get

/** Absent means false: the local admin account exists, even beside Entra. */
export function mapLocalAccounts(root: Place): Facts["localAccounts"] {
  return { disabled: booleanSetting(at(root, "properties.disableLocalAccounts"), false) };
}

/** No profile means no Entra integration; a profile that names an application and not `managed` is the integration of old. */
export function mapEntra(root: Place): Facts["entra"] {
  const profile = at(root, "properties.aadProfile");
  const server = at(profile, "serverAppID");
  const client = at(profile, "clientAppID");
  const legacy = readText(server) === null ? client : server;
  // Azure writes blocks it does not have as empty ones, too.
  const isThere = Object.keys(readObject(profile) ?? {}).length > 0;
  return {
    profile: { path: profile.path, observed: isThere ? true : null, value: isThere },
    managed: booleanSetting(at(profile, "managed"), false),
    legacyApp: openTextSetting(legacy),
    azureRbac: booleanSetting(at(profile, "enableAzureRBAC"), false),
  };
}

/** Every real row has it, so that a row without it says nothing. */
export function mapKubernetesRbac(root: Place): Facts["kubernetesRbac"] {
  const place = at(root, "properties.enableRBAC");
  return { enabled: toSetting<boolean | null>(place, readBoolean(place), null) };
}

/** Both are off when absent. */
export function mapWorkloadIdentity(root: Place): Facts["workloadIdentity"] {
  return {
    enabled: booleanSetting(at(root, "properties.securityProfile.workloadIdentity.enabled"), false),
    issuer: booleanSetting(at(root, "properties.oidcIssuerProfile.enabled"), false),
  };
}

/** Off when absent. */
export function mapPodIdentity(root: Place): Facts["podIdentity"] {
  return { enabled: booleanSetting(at(root, "properties.podIdentityProfile.enabled"), false) };
}

export function mapClusterIdentity(root: Place): Facts["clusterIdentity"] {
  return {
    type: openTextSetting(at(root, "identity.type")),
    clientId: openTextSetting(at(root, "properties.servicePrincipalProfile.clientId")),
  };
}

/** None when absent. */
export function mapAdminGroups(root: Place): Facts["adminGroups"] {
  const place = at(root, "properties.aadProfile.adminGroupObjectIDs");
  return { ids: toSetting<readonly string[]>(place, readTexts(place), []) };
}

/** Object ids of managed identities. A cluster that acts as an application names its client id alone, which is none. */
export function mapClusterPrincipals(root: Place): Facts["principals"] {
  const profiles = at(root, "properties.identityProfile");
  const addons = at(root, "properties.addonProfiles");
  const own = at(root, "identity.principalId");
  const kubelet = at(profiles, "kubeletidentity.objectId");
  const isOwn = readText(own) !== null;
  return {
    kubelet: toSetting<string | null>(kubelet, readObjectId(kubelet), null),
    cluster: [
      ...(isOwn ? [requiredSetting(own)] : []),
      ...entriesOf(at(root, "identity.userAssignedIdentities")).map((entry) =>
        requiredSetting(at(entry, "principalId")),
      ),
    ],
    others: [
      ...entriesOf(profiles).map((entry) => at(entry, "objectId")),
      ...entriesOf(addons).map((entry) => at(entry, "identity.objectId")),
    ].flatMap((place) => (readText(place) === null ? [] : [requiredSetting(place)])),
  };
}

/** Without the profile nobody outside the cluster can check its tokens. */
export function mapTokenIssuer(root: Place): Facts["tokenIssuer"] {
  const place = at(root, "properties.oidcIssuerProfile.issuerURL");
  const url = readText(place);
  // What is no address is trusted by nobody, and compared with any would look harmless.
  if (url !== null && !/^https:\/\/./i.test(url))
    throw new MalformedPropertyError(place.path, url, "an https address");
  return { url: toSetting<string | null>(place, url, null) };
}

/** Pods reach the metadata endpoint unless they are kept from it. */
export function mapLinkLocal(root: Place): Facts["linkLocal"] {
  return { access: textSetting(at(root, "properties.networkProfile.podLinkLocalAccess"), "IMDS") };
}

function entriesOf(map: Place): readonly Place[] {
  return Object.entries(readObject(map) ?? {}).map(([key, value]) => ({
    path: `${map.path}['${key}']`,
    value,
  }));
}

function requiredSetting(place: Place): Setting<string> {
  const id = readObjectId(place);
  if (id === null) throw new MalformedPropertyError(place.path, undefined, "an object id");
  return { path: place.path, observed: id, value: id };
}

/** Null when absent. Roles are looked for by it: one that is none would be found to hold no role at all. */
function readObjectId(place: Place): string | null {
  const text = readText(place);
  if (text === null || /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text;
  throw new MalformedPropertyError(place.path, text, "an object id");
}
