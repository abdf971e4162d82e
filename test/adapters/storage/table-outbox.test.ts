import { shareAzurite } from "../../support/azurite.ts";
import { describeAlertOutbox } from "../../support/describe-alert-outbox.ts";

const azurite = shareAzurite();

describeAlertOutbox("in a table", async () => (await azurite.openFresh()).outbox);
