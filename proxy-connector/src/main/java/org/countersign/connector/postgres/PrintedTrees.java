package org.countersign.connector.postgres;

import java.util.List;
import java.util.Optional;
import org.countersign.wire.postgres.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * The query trees the server printed for one message. A function can RAISE anything, but it can choose neither file nor
 * routine of what it raises, and whatever it makes the server print carries its context.
 */
record PrintedTrees(String analysed, String rewritten) {
    private static final String ANALYSED = "parse tree:";
    private static final String REWRITTEN = "rewritten parse tree:";

    /** The trees cannot be trusted. */
    static final class ForgedException extends Exception {
        private static final long serialVersionUID = 1L;

        ForgedException(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Reads the one analysed and the one rewritten tree of the message at this place of the round; empty when nothing at
     * all was said during its work.
     *
     * @param tolerant whether trees of statements inside functions, which carry a context, may stand among them
     */
    static Optional<PrintedTrees> of(Round round, int request, int limitBytes, boolean tolerant)
            throws ForgedException {
        if (round.overheard()) {
            throw new ForgedException("the target said more than is read while it was analysed");
        }
        if (round.remarks().isEmpty()) {
            return Optional.empty();
        }
        @Nullable String analysed = null;
        @Nullable String rewritten = null;
        boolean anything = false;
        for (Diagnostic said : said(round, request)) {
            if (tolerant && printed(said) && said.field(Diagnostic.CONTEXT).isPresent()) {
                continue;
            }
            if (shortens(said)) {
                continue;
            }
            anything = true;
            if (!printed(said) || said.field(Diagnostic.CONTEXT).isPresent()) {
                throw new ForgedException("the target said something else while it was analysed");
            }
            String tree = said.field(Diagnostic.DETAIL).orElse("");
            if (tree.length() > limitBytes) {
                throw new ForgedException("its query tree has " + tree.length() + " characters, limit " + limitBytes);
            }
            if (said.message().equals(ANALYSED) && analysed == null) {
                analysed = tree;
            } else if (said.message().equals(REWRITTEN) && rewritten == null) {
                rewritten = tree;
            } else {
                throw new ForgedException("the target printed more than one query tree");
            }
        }
        if (!anything) {
            return Optional.empty();
        }
        if (analysed == null || rewritten == null) {
            throw new ForgedException("the target printed only one of its query trees");
        }
        return Optional.of(new PrintedTrees(analysed, rewritten));
    }

    private static List<Diagnostic> said(Round round, int request) {
        return round.remarks().stream()
                .filter(remark -> remark.request() == request)
                .map(Round.Remark::diagnostic)
                .toList();
    }

    /** The scanner's word about a long identifier of the text itself; from inside a function it would have a context. */
    private static boolean shortens(Diagnostic said) {
        return said.field(Diagnostic.SEVERITY).orElse("").equals("NOTICE")
                && said.field(Diagnostic.SOURCE_FILE).orElse("").equals("scansup.c")
                && said.field(Diagnostic.ROUTINE).orElse("").equals("truncate_identifier")
                && said.field(Diagnostic.CONTEXT).isEmpty();
    }

    private static boolean printed(Diagnostic said) {
        return said.field(Diagnostic.SEVERITY).orElse("").equals("LOG")
                && said.field(Diagnostic.SOURCE_FILE).orElse("").equals("print.c")
                && said.field(Diagnostic.ROUTINE).orElse("").equals("elog_node_display");
    }
}
