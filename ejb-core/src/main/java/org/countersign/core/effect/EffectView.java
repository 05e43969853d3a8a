package org.countersign.core.effect;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a proposed change would do.
 *
 * @param since from when on commands were judged again
 * @param commands how many were
 * @param limited whether there were more, older ones
 * @param unclear how many could not be judged again
 * @param sentences all of it in words
 * @param shifts the commands whose verdict would be another one, by verdict
 * @param rights who would gain and lose which permissions
 */
public record EffectView(
        Instant since,
        long commands,
        boolean limited,
        long unclear,
        List<String> sentences,
        List<Shift> shifts,
        List<Rights> rights) {
    public EffectView {
        sentences = List.copyOf(sentences);
        shifts = List.copyOf(shifts);
        rights = List.copyOf(rights);
    }

    /**
     * Commands whose verdict changes in the same way.
     *
     * @param before {@code allow}, {@code deny} or {@code hold}, as the policy in force says today
     * @param examples some of them, the latest first
     */
    public record Shift(String before, String after, long count, List<Example> examples) {
        public Shift {
            examples = List.copyOf(examples);
        }
    }

    /** Where a command is found; its text is in its recording for whoever may see that. */
    public record Example(UUID session, UUID command, Instant at, String principal, String target, String kind) {}

    /**
     * One principal.
     *
     * @param gains permissions in words: {@code sql:update on public.orders of shop}
     */
    public record Rights(String principal, boolean agent, List<String> gains, List<String> loses) {
        public Rights {
            gains = List.copyOf(gains);
            loses = List.copyOf(loses);
        }
    }
}
