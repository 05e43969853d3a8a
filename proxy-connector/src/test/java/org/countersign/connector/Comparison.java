package org.countersign.connector;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.countersign.connector.clients.LineDifference;
import org.countersign.wire.postgres.FrontendMessage;

/**
 * Has the same said to the server directly and to the gateway, and fails where they do not answer the same.
 *
 * <p>Immutable: each step returns another comparison.
 */
final class Comparison {
    private final DemoTarget target;
    private final TestGateway gateway;
    private final List<String> preparations;
    private final List<String> questions;
    private final Expectation expectation;

    /** What the gateway has to answer where the server answers this. */
    @FunctionalInterface
    interface Expectation {
        /**
         * @param through what it did answer, where there is more than one right answer
         */
        List<String> of(List<String> direct, List<String> through);
    }

    /** What a client does, and what it was told in words that compare. */
    @FunctionalInterface
    interface Talk {
        List<String> with(RawClient client) throws Exception;
    }

    Comparison(DemoTarget target, TestGateway gateway) {
        this(target, gateway, List.of(), List.of(), (direct, through) -> direct);
    }

    private Comparison(
            DemoTarget target,
            TestGateway gateway,
            List<String> preparations,
            List<String> questions,
            Expectation expectation) {
        this.target = target;
        this.gateway = gateway;
        this.preparations = preparations;
        this.questions = questions;
        this.expectation = expectation;
    }

    /** With statements that a superuser runs before each of the two. */
    Comparison preparedBy(String... statements) {
        return new Comparison(target, gateway, List.of(statements), questions, expectation);
    }

    /** With questions about the target after each of the two, whose answers have to be the same as well. */
    Comparison leaving(String... asked) {
        return new Comparison(target, gateway, preparations, List.of(asked), expectation);
    }

    /** With what the gateway may answer otherwise than the server. */
    Comparison expecting(Expectation accepted) {
        return new Comparison(target, gateway, preparations, questions, accepted);
    }

    /** Sends the messages at once and listens to so many ReadyForQuery. */
    List<String> same(int ready, FrontendMessage... messages) throws Exception {
        return same(client -> client.send(messages).answers(ready));
    }

    /** The same of messages byte by byte. */
    List<String> same(int ready, byte[]... messages) throws Exception {
        return same(client -> client.send(Bytes.join(messages)).answers(ready));
    }

    /** Sends one Query a line, each after the answer to the one before. */
    List<String> sameQueries(String text) throws Exception {
        return same(client -> answers(client, List.of(text.split("\n"))));
    }

    /** Sends each as a Query, after the answer to the one before. */
    static List<String> answers(RawClient client, List<String> queries) throws IOException {
        var all = new ArrayList<String>();
        for (String sql : queries) {
            all.addAll(client.query(sql));
        }
        return all;
    }

    /**
     * @return what the gateway's client was told, and what was left
     */
    List<String> same(Talk talk) throws Exception {
        List<String> direct = told(talk, false);
        List<String> through = told(talk, true);
        List<String> expected = expectation.of(direct, through);
        if (!through.equals(expected)) {
            fail("the gateway (+) did not answer as the server (-):%n%s%n%nthe server's answer was:%n%s"
                    .formatted(
                            String.join("\n", LineDifference.between(expected, through)), String.join("\n", direct)));
        }
        return through;
    }

    private List<String> told(Talk talk, boolean throughGateway) throws Exception {
        target.run(preparations.toArray(String[]::new));
        var told = new ArrayList<String>();
        try (var client = throughGateway ? gateway.signIn("frank") : target.direct()) {
            told.addAll(talk.with(client));
        }
        told.addAll(left());
        return told;
    }

    private List<String> left() throws SQLException {
        var left = new ArrayList<String>();
        for (String question : questions) {
            left.add(target.ask(question));
        }
        return left;
    }
}
