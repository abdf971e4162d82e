/** What can be wrong with a cluster, by the controls that judge it; `planOff` strikes a whole subscription. */
export const postureFaults = [
  "openApiServer",
  "localAccounts",
  "oldAzureLinux",
  "publicNodeAddresses",
  /** Public addresses that the pool does not tell of, only its scale set. */
  "addressedScaleSet",
  "sensorOff",
  "planOff",
] as const;

/** What can keep the monitor from reading; the first four strike a whole subscription, and each is drawn anew every night. */
export const readingTroubles = [
  "subscriptionRefused",
  /** Provider microsoft.security. */
  "securityRefused",
  /** Provider microsoft.compute. */
  "computeRefused",
  /** The plan has no row in Resource Graph; ARM answers it. */
  "planOnlyInArm",
  /** ARM has the cluster, Resource Graph does not. */
  "missingFromGraph",
  /** A pool has machines and no scale set row. */
  "scaleSetMissing",
  /** A property that decides is of a wrong type. */
  "malformed",
] as const;

export type PostureFault = (typeof postureFaults)[number];
export type ReadingTrouble = (typeof readingTroubles)[number];

/** An estate in figures. All shares are from 0 to 1. */
export interface EstateShape {
  readonly seed: number;
  readonly subscriptions: number;
  /** On the first night. */
  readonly clusters: number;
  readonly nights: number;
  readonly poolsPerCluster: number;
  /** Clusters whose last pool is of single machines, and so has rows of machines and network interfaces. */
  readonly machinePools: number;
  readonly faults: Readonly<Record<PostureFault, number>>;
  readonly troubles: Readonly<Record<ReadingTrouble, number>>;
  /** Clusters of which one fault comes or goes, each night after the first. */
  readonly drift: number;
  /** New clusters each night after the first, as a share of `clusters`. */
  readonly made: number;
  /** Clusters deleted each night after the first, as a share of those there are. */
  readonly deleted: number;
}

/** The parts of a shape that matter to whoever asks. */
export type EstateWishes = Partial<Omit<EstateShape, "faults" | "troubles">> & {
  readonly faults?: Partial<EstateShape["faults"]>;
  readonly troubles?: Partial<EstateShape["troubles"]>;
};

const usual: EstateShape = {
  seed: 1,
  subscriptions: 5,
  clusters: 20,
  nights: 2,
  poolsPerCluster: 3,
  machinePools: 0.03,
  faults: {
    openApiServer: 0.08,
    localAccounts: 0.15,
    oldAzureLinux: 0.05,
    publicNodeAddresses: 0.04,
    addressedScaleSet: 0.01,
    sensorOff: 0.12,
    planOff: 0.1,
  },
  troubles: {
    subscriptionRefused: 0,
    securityRefused: 0,
    computeRefused: 0,
    planOnlyInArm: 0,
    missingFromGraph: 0,
    scaleSetMissing: 0,
    malformed: 0,
  },
  drift: 0.01,
  made: 0,
  deleted: 0,
};

/** A whole shape: what is not wished for is as usual, and nobody has trouble reading. @throws RangeError for figures that make no estate */
export function completeShape(wishes: EstateWishes): EstateShape {
  const shape: EstateShape = {
    ...usual,
    ...wishes,
    faults: { ...usual.faults, ...wishes.faults },
    troubles: { ...usual.troubles, ...wishes.troubles },
  };
  const { faults, troubles, machinePools, drift, made, deleted } = shape;
  const shares = { ...faults, ...troubles, machinePools, drift, made, deleted };
  for (const [name, share] of Object.entries(shares)) {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`${name} is ${share}, not a share from 0 to 1.`);
  }
  requireWhole("seed", shape.seed, 0);
  requireWhole("clusters", shape.clusters, 0);
  requireWhole("subscriptions", shape.subscriptions, 1);
  requireWhole("nights", shape.nights, 1);
  requireWhole("poolsPerCluster", shape.poolsPerCluster, 1);
  return shape;
}

function requireWhole(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new RangeError(`${name} is ${value}, not a whole number from ${least}.`);
}
