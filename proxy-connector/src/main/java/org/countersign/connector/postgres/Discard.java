package org.countersign.connector.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.countersign.connector.postgres.analysis.HarmlessSetting;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;

/** What DISCARD and RESET ALL do to a session, without touching what is the gateway's own. */
final class Discard {
    private static final int WITH_TRANSACTION_TIMEOUT = 170_000;
    private static final int WITH_IDLE_SESSION_TIMEOUT = 140_000;

    /** Pinned for the gateway, or of one transaction only. */
    private static final Set<HarmlessSetting> NOT_RESET = Set.of(
            HarmlessSetting.CLIENT_ENCODING,
            HarmlessSetting.CLIENT_MIN_MESSAGES,
            HarmlessSetting.TRANSACTION_DEFERRABLE,
            HarmlessSetting.TRANSACTION_ISOLATION,
            HarmlessSetting.TRANSACTION_READ_ONLY);

    /** Where the target keeps the client's level of notices: it follows the client's transactions there. */
    static final String LEVEL = "countersign.client_min_messages";

    private Discard() {}

    static List<FrontendMessage> settings(int serverVersion) {
        var requests = new ArrayList<FrontendMessage>();
        for (HarmlessSetting setting : HarmlessSetting.values()) {
            boolean known = (setting != HarmlessSetting.TRANSACTION_TIMEOUT
                            || serverVersion >= WITH_TRANSACTION_TIMEOUT)
                    && (setting != HarmlessSetting.IDLE_SESSION_TIMEOUT || serverVersion >= WITH_IDLE_SESSION_TIMEOUT);
            if (known && !NOT_RESET.contains(setting)) {
                requests.addAll(run("RESET " + setting.setting()));
            }
        }
        requests.addAll(run("RESET " + LEVEL));
        return requests;
    }

    static List<FrontendMessage> everything(int serverVersion) {
        var requests = new ArrayList<FrontendMessage>(run("CLOSE ALL"));
        requests.addAll(settings(serverVersion));
        requests.addAll(run("UNLISTEN *"));
        requests.addAll(run("SELECT pg_catalog.pg_advisory_unlock_all()"));
        requests.addAll(run("DISCARD TEMP"));
        requests.addAll(run("DISCARD SEQUENCES"));
        return requests;
    }

    static List<FrontendMessage> run(String sql) {
        return List.of(
                new Parse("", sql, List.of()), new Bind("", "", List.of(), List.of(), List.of()), new Execute("", 0));
    }
}
