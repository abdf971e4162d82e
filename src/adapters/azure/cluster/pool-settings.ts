import type { PoolBoot, PoolDisk } from "../../../domain/node-facts.ts";
import { type Reading, unavailable } from "../../../domain/reading.ts";
import type { ListedPools, PoolSetting, Setting } from "../../../domain/setting.ts";
import { at, type Place, readingOf, readText } from "../../row.ts";
import { type AgentPools, gather, readName } from "../agent-pools.ts";
import { booleanSetting, openTextSetting, textSetting } from "./setting.ts";

/** Settings of the pools that a cluster lists, beside why these may not be all its nodes. */
export interface PoolSettings {
  readonly poolVersions: Reading<ListedPools<PoolSetting<string | null>>>;
  readonly hostEncryption: Reading<ListedPools<PoolSetting<boolean>>>;
  readonly sshAccess: Reading<ListedPools<PoolSetting<string>>>;
  readonly trustedLaunch: Reading<ListedPools<PoolBoot>>;
  readonly osDisks: Reading<ListedPools<PoolDisk>>;
}

/** Why there may be nodes that no pool lists, and which settings are wanted. */
export interface PoolWishes {
  readonly unlisted: string | null;
  readonly isAsked: (group: keyof PoolSettings) => boolean;
}

/** Each property by itself, so that a broken one hides nothing else. */
export function mapPoolSettings(
  scope: string,
  { places, unread }: AgentPools,
  { unlisted, isAsked }: PoolWishes,
): Partial<PoolSettings> {
  const each = <T>(map: (pool: Place, name: string) => T): Reading<ListedPools<T>> => {
    if (unread !== null) return unavailable(unread);
    const listed = gather(places.map((pool) => readingOf(scope, () => map(pool, readName(pool)))));
    return listed.state === "unavailable" ? listed : { ...listed, value: { listed: listed.value, unlisted } };
  };
  // Off when absent.
  const isEncrypted = (pool: Place) => booleanSetting(at(pool, "enableEncryptionAtHost"), false);
  // By local user when absent.
  const access = (pool: Place) => textSetting(at(pool, "securityProfile.sshAccess"), "LocalUser");
  return {
    ...(isAsked("poolVersions") && { poolVersions: each((pool, name) => ofPool(name, mapVersion(pool))) }),
    ...(isAsked("hostEncryption") && {
      hostEncryption: each((pool, name) => ofPool(name, isEncrypted(pool))),
    }),
    ...(isAsked("sshAccess") && { sshAccess: each((pool, name) => ofPool(name, access(pool))) }),
    ...(isAsked("trustedLaunch") && { trustedLaunch: each(mapBoot) }),
    ...(isAsked("osDisks") && { osDisks: each(mapDisk) }),
  };
}

/** What runs, and where the row does not tell, what was asked for. */
function mapVersion(pool: Place): Setting<string | null> {
  const running = at(pool, "currentOrchestratorVersion");
  return openTextSetting(readText(running) === null ? at(pool, "orchestratorVersion") : running);
}

/** Both are off when absent, and the system is Linux. */
function mapBoot(pool: Place, name: string): PoolBoot {
  const profile = at(pool, "securityProfile");
  return {
    pool: name,
    osType: readText(at(pool, "osType")) ?? "Linux",
    vmSize: readText(at(pool, "vmSize")),
    workloadRuntime: readText(at(pool, "workloadRuntime")),
    imageVersion: readText(at(pool, "nodeImageVersion")),
    secureBoot: booleanSetting(at(profile, "enableSecureBoot"), false),
    vtpm: booleanSetting(at(profile, "enableVTPM"), false),
  };
}

/** The system is Linux when absent; which disk AKS takes by itself depends on the machine's size. */
function mapDisk(pool: Place, name: string): PoolDisk {
  return {
    pool: name,
    osType: readText(at(pool, "osType")) ?? "Linux",
    type: openTextSetting(at(pool, "osDiskType")),
  };
}

function ofPool<T>(pool: string, setting: Setting<T>): PoolSetting<T> {
  return { ...setting, pool };
}
