package org.countersign.model.masking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The second net: masks what detectors find inside a text. Free of state that changes, for any thread; a text in which
 * nothing is found allocates nothing.
 */
public final class ContentScanner {
    /** The text with all finds masked, and how many there were. */
    public record Masked(String text, int finds) {}

    private record Net(Detector detector, MaskKind kind) {}

    private record Find(int start, int end, MaskKind kind) {
        /** What two detectors found is redacted: the part that one of their masks shows may be what the other found. */
        Find join(Find other) {
            MaskKind stricter = kind.strictest(other.kind).strictest(MaskKind.REDACT);
            return new Find(start, Math.max(end, other.end), stricter);
        }
    }

    private static final Comparator<Find> IN_ORDER = Comparator.comparingInt(Find::start);

    private final Net[] nets;
    private final HashKey key;

    /**
     * @param kinds by the data class to look for; secrets are redacted at least
     * @throws IllegalArgumentException when a data class has no detector
     */
    public ContentScanner(Map<String, MaskKind> kinds, HashKey key) {
        this.key = key;
        nets = kinds.entrySet().stream()
                .map(entry -> new Net(detector(entry.getKey()), kind(entry.getKey(), entry.getValue())))
                .filter(net -> net.kind != MaskKind.CLEAR)
                .toArray(Net[]::new);
    }

    /** Returns the text as it may be seen; empty when nothing was found in it and it may be seen as it is. */
    public Optional<Masked> scan(String text) {
        List<Find> finds = List.of();
        for (Net net : nets) {
            Optional<Span> span = net.detector.next(text, 0);
            while (span.isPresent()) {
                if (finds.isEmpty()) {
                    finds = new ArrayList<>();
                }
                finds.add(new Find(span.get().start(), span.get().end(), net.kind));
                span = net.detector.next(text, span.get().end());
            }
        }
        return finds.isEmpty() ? Optional.empty() : Optional.of(mask(text, finds));
    }

    private Masked mask(String text, List<Find> finds) {
        List<Find> joined = joined(finds);
        StringBuilder masked = new StringBuilder(text.length());
        int copied = 0;
        for (Find find : joined) {
            masked.append(text, copied, find.start);
            masked.append(Maskers.of(find.kind, key)
                    .mask(text.substring(find.start, find.end))
                    .orElse(Maskers.REDACTED));
            copied = find.end;
        }
        masked.append(text, copied, text.length());
        return new Masked(masked.toString(), joined.size());
    }

    /** Finds that overlap become one. */
    private static List<Find> joined(List<Find> finds) {
        List<Find> joined = new ArrayList<>(finds.size());
        for (Find find : finds.stream().sorted(IN_ORDER).toList()) {
            if (joined.isEmpty() || joined.getLast().end <= find.start) {
                joined.add(find);
            } else {
                joined.add(joined.removeLast().join(find));
            }
        }
        return joined;
    }

    private static Detector detector(String dataClass) {
        return Detectors.of(dataClass)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no detector for " + dataClass + ", there are " + Detectors.dataClasses()));
    }

    private static MaskKind kind(String dataClass, MaskKind asked) {
        return dataClass.equals(Detectors.SECRET) ? asked.strictest(MaskKind.REDACT) : asked;
    }
}
