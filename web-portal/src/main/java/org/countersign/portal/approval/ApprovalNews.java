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
     * @return what ends the subscription
     */
    public Runnable subscribe(Consumer<ApprovalChanged> reader) {
        readers.add(reader);
        return () -> readers.remove(reader);
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
