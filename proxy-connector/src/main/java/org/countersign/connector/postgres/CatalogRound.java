package org.countersign.connector.postgres;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.countersign.connector.postgres.analysis.CatalogQuestion;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.FrontendMessage;
import org.jspecify.annotations.Nullable;

/** A round in which the catalog is asked too; the rows of each question are kept apart. */
final class CatalogRound extends Round {
    private final Map<Integer, CatalogQuestion> places;
    private final Map<CatalogQuestion, List<List<@Nullable String>>> answers = new LinkedHashMap<>();

    /** @param places where among the requests which question is executed, see {@link #ask} */
    CatalogRound(Work work, List<FrontendMessage> requests, Map<Integer, CatalogQuestion> places) {
        super(work, requests);
        this.places = Map.copyOf(places);
        places.values().forEach(question -> answers.put(question, new ArrayList<>()));
    }

    /** Adds these questions to the requests of a round; returns where. Where the round fails, none of them is prepared. */
    static Map<Integer, CatalogQuestion> ask(
            Helpers helpers, Collection<CatalogQuestion> questions, List<FrontendMessage> requests) {
        var places = new HashMap<Integer, CatalogQuestion>();
        for (CatalogQuestion question : questions) {
            requests.addAll(helpers.ask(question));
            places.put(requests.size() - 1, question);
        }
        return places;
    }

    @Override
    void row(int request, DataRow row) {
        @Nullable CatalogQuestion question = places.get(request);
        if (question == null) {
            super.row(request, row);
            return;
        }
        weigh(row);
        var values = new ArrayList<@Nullable String>();
        for (int i = 0; i < row.columns(); i++) {
            values.add(row.text(i));
        }
        answers.computeIfAbsent(question, asked -> new ArrayList<>()).add(values);
    }

    /** The rows of each question, none for what is not there. */
    Map<CatalogQuestion, List<List<@Nullable String>>> answers() {
        return answers;
    }
}
