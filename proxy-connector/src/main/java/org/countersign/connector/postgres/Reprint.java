package org.countersign.connector.postgres;

import java.util.Optional;
import org.countersign.connector.postgres.analysis.TreeDigest;

/** What the trees say that the target printed when it read a judged statement again. */
enum Reprint {
    NOTHING,
    THE_SAME,
    CHANGED;

    /**
     * @param request the message in the round that made the target read it
     * @param digest of the trees that were judged
     */
    static Reprint of(Talk talk, Round round, int request, String digest) {
        try {
            int limit = talk.session.surroundings().limits().treeBytes();
            Optional<PrintedTrees> again = PrintedTrees.of(round, request, limit, true);
            if (again.isEmpty()) {
                return NOTHING;
            }
            return TreeDigest.of(again.get().analysed(), again.get().rewritten())
                            .equals(digest)
                    ? THE_SAME
                    : CHANGED;
        } catch (PrintedTrees.ForgedException | RuntimeException | StackOverflowError e) {
            return CHANGED;
        }
    }
}
