import { createMemoryHistory } from "../../../src/adapters/memory/history.ts";
import { describeHistory } from "../../support/describe-history.ts";

describeHistory("in memory", async () => createMemoryHistory());
