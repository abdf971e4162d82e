import { createMemoryOutbox } from "../../../src/adapters/memory/outbox.ts";
import { describeAlertOutbox } from "../../support/describe-alert-outbox.ts";

describeAlertOutbox("in memory", async () => createMemoryOutbox());
