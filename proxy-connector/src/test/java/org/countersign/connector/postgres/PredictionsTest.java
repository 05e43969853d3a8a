package org.countersign.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.metrics.Metrics;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.SqlLexer;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Resource;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.port.Secret;
import org.countersign.model.port.SessionGrant.TlsMode;
import org.countersign.model.port.SessionGrant.Upstream;
import org.junit.jupiter.api.Test;

class PredictionsTest {
    private static final long SMALL = 64 << 10;
    private final Metrics metrics = new Metrics();
    private final Predictions predictions = new Predictions(metrics, SMALL);

    @Test
    void whatIsRememberedIsBoundedInBytes() throws Exception {
        long largest = 0;
        for (int i = 0; i < 2_000; i++) {
            learn(key("select a" + i + " from t where b = 1"));
            largest = Math.max(largest, metrics.value(Metric.ANALYSIS_CACHE_BYTES));
        }
        assertThat(largest).isBetween(SMALL / 2, SMALL);
        long entries = metrics.value(Metric.ANALYSIS_CACHE_ENTRIES);
        assertThat(entries).isBetween(10L, 200L);
        assertThat(metrics.value(Metric.ANALYSIS_CACHE_EVICTED)).isEqualTo(2_000 - entries);
        assertThat(predictions.find(key("select a1999 from t where b = 2"))).isPresent();
        assertThat(predictions.find(key("select a1 from t where b = 2"))).isEmpty();
        predictions.forget(at("shop", "reader"));
        assertThat(metrics.value(Metric.ANALYSIS_CACHE_ENTRIES)).isZero();
        assertThat(metrics.value(Metric.ANALYSIS_CACHE_BYTES)).isZero();
    }

    @Test
    void whatIsRememberedIsBoundedInNumber() throws Exception {
        var many = new Predictions(metrics);
        for (int i = 0; i < Predictions.MAX_ENTRIES + 10; i++) {
            many.learn(key("select a" + i + " from t"), foresight(), 0);
        }
        assertThat(metrics.value(Metric.ANALYSIS_CACHE_ENTRIES)).isEqualTo(Predictions.MAX_ENTRIES);
    }

    @Test
    void oneWordTwiceIsWeighedOnce() throws Exception {
        learn(key("select a from t"));
        long once = metrics.value(Metric.ANALYSIS_CACHE_BYTES);
        learn(key("select a from t"));
        assertThat(metrics.value(Metric.ANALYSIS_CACHE_BYTES)).isEqualTo(once);
        assertThat(metrics.value(Metric.ANALYSIS_CACHE_ENTRIES)).isEqualTo(1);
    }

    @Test
    void whatWasFoundOutBeforeADefinitionIsNotLearntBehindIt() throws Exception {
        long since = predictions.definitions(at("shop", "reader"));
        predictions.forget(at("shop", "writer"));
        predictions.learn(key("select 1"), foresight(), since);
        assertThat(predictions.find(key("select 1"))).isEmpty();
        assertThat(metrics.value(Metric.ANALYSIS_CACHE_MISSES)).isEqualTo(1);
    }

    @Test
    void aDefinitionEndsWhatIsKnownOfItsDatabaseAlone() throws Exception {
        Predictions.Key other = key(at("shop2", "reader"), List.of(), "select 1");
        learn(key("select 1"));
        predictions.learn(other, foresight(), 0);
        predictions.forget(at("shop", "reader"));
        assertThat(predictions.find(key("select 1"))).isEmpty();
        assertThat(predictions.find(other)).isPresent();
    }

    @Test
    void everyPartOfWhatChangesAMeaningIsInTheKey() throws Exception {
        var reader = at("shop", "reader");
        Predictions.Key key = key(reader, List.of("search_path=a"), "select 1 from t");
        assertThat(key(reader, List.of("search_path=a"), "select  2 /* x */ from t"))
                .isEqualTo(key);
        assertThat(List.of(
                        key(at("shop", "writer"), List.of("search_path=a"), "select 1 from t"),
                        key(at("shop2", "reader"), List.of("search_path=a"), "select 1 from t"),
                        key(reader, List.of("search_path=b"), "select 1 from t"),
                        key(reader, List.of("search_path=a"), "select 1 from u"),
                        key(reader, List.of("search_path=a"), "select 1.5 from t"),
                        key(reader, List.of("search_path=a"), "select 12345678901 from t"),
                        key(
                                new Upstream("elsewhere", 5432, "shop", TlsMode.DISABLE, "reader", new Secret("x")),
                                List.of("search_path=a"),
                                "select 1 from t")))
                .doesNotContain(key);
        assertThat(Helpers.TRACKED_SETTINGS)
                .contains("search_path", "transform_null_equals", "DateStyle", "TimeZone", "row_security");
    }

    private void learn(Predictions.Key key) {
        predictions.learn(key, foresight(), predictions.definitions(at("shop", "reader")));
    }

    private static Foresight foresight() {
        return new Foresight(
                new StatementKind.Optimizable("select"),
                SqlAnalysis.utility(
                        List.of(new Access(Action.sql("select"), new Resource.Relation("public.t", Set.of("a")))),
                        Set.of()),
                Optional.empty(),
                "0".repeat(64),
                CatalogAnswers.NONE,
                System.nanoTime());
    }

    private static Predictions.Key key(String sql) throws Exception {
        return key(at("shop", "reader"), List.of("search_path=public"), sql);
    }

    private static Predictions.Key key(Upstream upstream, List<String> settings, String sql) throws Exception {
        Piece piece = SqlLexer.split(sql).getFirst();
        return Predictions.key(upstream, settings, piece).orElseThrow();
    }

    private static Upstream at(String database, String user) {
        return new Upstream("target", 5432, database, TlsMode.DISABLE, user, new Secret("x"));
    }
}
