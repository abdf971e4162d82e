import { shareAzurite } from "../../support/azurite.ts";
import { describeHistory } from "../../support/describe-history.ts";

const azurite = shareAzurite();

describeHistory("in tables", async () => (await azurite.openFresh()).history);
