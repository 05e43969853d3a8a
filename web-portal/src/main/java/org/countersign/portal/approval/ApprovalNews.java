package org.countersign.portal.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.countersign.core.approval.ApprovalChanged;
import org.jboss.logging.Logger;

/** Passes on to open pages that an approval was requested or decided. */
@ApplicationScoped
public class ApprovalNews {
    private static final Logger LOG = Logger.getLogger(ApprovalNews.class);

    private final Set<Consumer<ApprovalChanged>> readers = ConcurrentHashMap.newKeySet();
    private final AtomicLong published = new AtomicLong();

    /**
     * @param reader called on a container thread, without a browser session
     * @return what ends the subscription, also when the application has ended already
     */
    public Subscription subscribe(Consumer<ApprovalChanged> reader) {
        readers.add(reader);
        return () -> {
            long before = published.get();
            readers.remove(reader);
            return before;
        };
    }

    /** Pages outlive the application for a moment, in which this bean cannot be asked any more. */
    @FunctionalInterface
    public interface Subscription {
        /** Returns how many changes there had been before, as {@link ApprovalNews#published} does. */
        long end();
    }

    /** Counts the changes so far; whoever counts more after subscribing than before reading may have missed some. */
    public long published() {
        return published.get();
    }

    void publish(@ObservesAsync ApprovalChanged change) {
        published.incrementAndGet();
        for (Consumer<ApprovalChanged> reader : readers) {
            try {
                reader.accept(change);
            } catch (RuntimeException e) {
                LOG.debugf(e, "page gone approval=%s", change.id());
                readers.remove(reader);
            }
        }
    }
}
