import { clustersQuery, machinesQuery, pricingsQuery } from "../src/adapters/azure/queries.ts";

/** What a batch asks Resource Graph for. */
export const sweptQueries: readonly string[] = [clustersQuery, machinesQuery, pricingsQuery];
