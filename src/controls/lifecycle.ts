/** An end that Microsoft announced. Dates are YYYY-MM-DD, the first day on which it holds. */
export interface End {
  readonly on: string;
  /** When somebody last held the date against its source. */
  readonly checkedOn: string;
}

/** From its retirement an operating system gets no more security updates; without images its pools cannot scale. Null: no end is announced. */
export interface OsLifecycle {
  readonly retirement: End | null;
  readonly imageRemoval: End | null;
}

/** A minor version of Kubernetes on AKS. */
export interface KubernetesLifecycle {
  /** By when it was generally available: the source names months. Null while that is not known. */
  readonly generalAvailability: End | null;
  /** Months named by the source count to their last day. */
  readonly standardEnd: End;
  /** The minor version whose general availability ends platform support. */
  readonly platformSupportUntil: string;
  /** Of long-term support, which has to be chosen and paid for. */
  readonly longTermEnd: End;
}

/** https://github.com/Azure/AKS/issues/4988 */
export const azureLinux2 = {
  supportEnd: { on: "2025-11-30", checkedOn: "2026-11-21" },
  imageRemoval: { on: "2026-03-31", checkedOn: "2026-11-21" },
} as const satisfies Record<string, End>;

/** Defender for Containers was retired in the cloud run by 21Vianet alone. */
export const defenderInChina = {
  retirement: { on: "2026-08-18", checkedOn: "2026-11-21" },
} as const satisfies Record<string, End>;

/** https://learn.microsoft.com/azure/aks/configure-kubenet */
export const kubenet = {
  retirement: { on: "2028-03-31", checkedOn: "2026-11-21" },
} as const satisfies Record<string, End>;

/**
 * Nodes' operating systems beside Azure Linux 2.0. Source: the retirements announced in https://github.com/Azure/AKS/issues
 * (4873, 4874, 5701, 4091, 5648, 5950) and the release notes there.
 */
export const operatingSystems = {
  "Ubuntu 18.04": { retirement: end("2025-06-17", "2026-11-22"), imageRemoval: null },
  "Ubuntu 20.04": {
    retirement: end("2027-03-17", "2026-11-21"),
    imageRemoval: end("2027-03-17", "2026-11-21"),
  },
  "Ubuntu 22.04": {
    retirement: end("2027-06-30", "2026-11-21"),
    imageRemoval: end("2028-04-30", "2026-11-21"),
  },
  "Ubuntu 24.04": { retirement: null, imageRemoval: null },
  "Windows Server 2019": {
    retirement: end("2026-03-01", "2026-11-21"),
    imageRemoval: end("2027-04-01", "2026-11-21"),
  },
  "Windows Server 2022": {
    retirement: end("2028-06-30", "2026-11-21"),
    imageRemoval: end("2029-06-30", "2026-11-21"),
  },
  "Windows Server 2025": { retirement: null, imageRemoval: null },
  "Windows Server Annual Channel": {
    retirement: end("2026-05-15", "2026-11-21"),
    imageRemoval: end("2027-05-15", "2026-11-21"),
  },
  "Flatcar Container Linux": {
    retirement: end("2026-06-08", "2026-11-21"),
    imageRemoval: end("2026-09-08", "2026-11-21"),
  },
  "Azure Linux 3.0": { retirement: null, imageRemoval: null },
  "Azure Linux with OS Guard": {
    retirement: end("2026-12-10", "2026-11-22"),
    imageRemoval: end("2027-03-10", "2026-11-22"),
  },
  "Azure Container Linux": { retirement: null, imageRemoval: null },
} as const satisfies Record<string, OsLifecycle>;

/** Oldest first. Source: https://learn.microsoft.com/azure/aks/supported-kubernetes-versions */
export const kubernetesCalendar: ReadonlyMap<string, KubernetesLifecycle> = new Map([
  ["1.30", minor("2024-08-01", "2025-08-01", "1.34", "2026-08-01")],
  ["1.31", minor("2024-12-01", "2025-12-01", "1.35", "2026-12-01")],
  ["1.32", minor("2025-05-01", "2026-04-01", "1.36", "2027-04-01")],
  ["1.33", minor("2025-07-01", "2026-08-01", "1.37", "2027-08-01")],
  ["1.34", minor("2025-12-01", "2026-12-01", "1.38", "2027-12-01")],
  ["1.35", minor("2026-04-01", "2027-04-01", "1.39", "2028-04-01")],
  ["1.36", minor("2026-07-01", "2027-07-01", "1.40", "2028-07-01")],
  // In preview since September 2026 and planned for October: whether it came is not known.
  ["1.37", minor(null, "2027-11-01", "1.41", "2028-11-01")],
]);

function end(on: string, checkedOn: string): End {
  return { on, checkedOn };
}

/** The calendar is one page: whoever checks a line has checked them all. */
function minor(
  availableOn: string | null,
  standardEndOn: string,
  platformSupportUntil: string,
  longTermEndOn: string,
): KubernetesLifecycle {
  const checkedOn = "2026-11-21";
  return {
    generalAvailability: availableOn === null ? null : end(availableOn, checkedOn),
    standardEnd: end(standardEndOn, checkedOn),
    platformSupportUntil,
    longTermEnd: end(longTermEndOn, checkedOn),
  };
}

/** Windows pools lost Azure's own engine for network policies (https://learn.microsoft.com/azure/aks/use-network-policies). */
export const azurePolicyEngine = {
  windowsEnd: { on: "2026-09-30", checkedOn: "2026-11-21" },
} as const satisfies Record<string, End>;

/** The NGINX of app routing gets critical patches through November 2026 (https://learn.microsoft.com/azure/aks/app-routing-nginx-to-gateway-api-migration). */
export const managedNginx = {
  supportEnd: { on: "2026-12-01", checkedOn: "2026-11-22" },
} as const satisfies Record<string, End>;
