import { createFleetSource } from "../../../src/adapters/azure/fleet-source.ts";
import { describeFleetSource } from "../../support/describe-fleet-source.ts";
import { emulatedAccess } from "../../support/emulated-access.ts";

describeFleetSource("the fleet through Azure's SDK clients", (world, faults = []) =>
  createFleetSource(emulatedAccess(world, { faults, patience: { tryTimeoutInMs: 50 } }).access),
);
