package org.countersign.portal.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.explain.ExplainRequest;
import org.countersign.core.explain.ExplainService;
import org.countersign.core.explain.ExplanationView;
import org.countersign.core.explain.ExplanationView.FieldView;
import org.countersign.core.identity.Caller;
import org.countersign.model.port.AccessRefusedException;

/** Asks what a text would do, and puts the answer into words. */
public final class ExplainPresenter {
    private final ExplainService explanations;
    private final Supplier<Caller> caller;

    public ExplainPresenter(ExplainService explanations, Supplier<Caller> caller) {
        this.explanations = explanations;
        this.caller = caller;
    }

    /**
     * What is in the form.
     *
     * @param principal may be blank: the reader himself
     * @param address where the reader is
     */
    public record Question(String target, String principal, String text, String address, boolean tls) {}

    /** What is shown below the form. */
    public sealed interface Answer {}

    public record Shown(ExplanationView explanation) implements Answer {}

    /** @param reason written for the reader */
    public record Refused(String reason, String hint) implements Answer {}

    public boolean mayAskAboutOthers() {
        return explanations.mayAskAboutOthers(caller.get());
    }

    /** The name under which the reader acts himself. */
    public String self() {
        return caller.get().principal().name();
    }

    public Answer explain(Question question) {
        if (question.target().isBlank() || question.text().isBlank()) {
            return new Refused("Name a target and type what would be sent to it.", "");
        }
        String principal = question.principal().strip();
        try {
            return new Shown(explanations.explain(
                    caller.get(),
                    new ExplainRequest(
                            question.target().strip(),
                            principal.isEmpty() ? Optional.empty() : Optional.of(principal),
                            question.text(),
                            question.address(),
                            question.tls())));
        } catch (AccessRefusedException e) {
            return new Refused(String.valueOf(e.getMessage()), e.hint());
        } catch (NotAllowedException | InvalidRequestException e) {
            return new Refused(sentence(String.valueOf(e.getMessage())), "");
        }
    }

    private static String sentence(String text) {
        String sentence = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    /** The verdict in a few words. */
    public static String headline(ExplanationView explanation) {
        return switch (explanation.verdict()) {
            case "allow" -> "It would be allowed";
            case "hold" -> "It would wait for approval";
            case "deny" -> "It would be denied";
            default -> "The target finds a mistake in it";
        };
    }

    /** The message, with where a mistake is and what to ask for. */
    public static String explained(ExplanationView explanation) {
        List<String> sentences = new ArrayList<>();
        sentences.add(explanation.message());
        explanation.position().ifPresent(position -> sentences.add("It is at character " + position + " of the text."));
        sentences.add(explanation.ask());
        sentences.removeIf(String::isBlank);
        return String.join(" ", sentences);
    }

    /** {@code public.customers.email (email)}. */
    public static String described(FieldView field) {
        return field.classes().isEmpty()
                ? field.name()
                : field.name() + " (" + String.join(", ", field.classes()) + ")";
    }
}
