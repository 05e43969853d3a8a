package org.countersign.portal.approval;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.countersign.core.approval.ApprovalChanged;
import org.jspecify.annotations.Nullable;

/**
 * Reads an open page again whenever an approval changes, for as long as the page is open; once for
 * all that changes until it is its turn. A page is read before it is attached; what changed in between is made up for.
 */
public final class LiveUpdates {
    private final ApprovalNews news;
    private long seen;
    private ApprovalNews.@Nullable Subscription subscription;

    private LiveUpdates(ApprovalNews news) {
        this.news = news;
        this.seen = news.published();
    }

    /**
     * Has to be called before the page is read for the first time.
     *
     * @param update reads the page again; called with the lock of the browser session
     */
    public static void of(Component page, ApprovalNews news, Predicate<ApprovalChanged> relevant, Runnable update) {
        var updates = new LiveUpdates(news);
        page.addAttachListener((AttachEvent event) -> updates.begin(event.getUI(), relevant, update));
        page.addDetachListener((DetachEvent event) -> updates.stop());
    }

    private void begin(UI ui, Predicate<ApprovalChanged> relevant, Runnable update) {
        stop();
        long read = seen;
        var waiting = new AtomicBoolean();
        subscription = news.subscribe(change -> {
            if (relevant.test(change) && !waiting.getAndSet(true)) {
                ui.access(() -> {
                    waiting.set(false);
                    update.run();
                });
            }
        });
        if (news.published() != read) {
            update.run();
        }
    }

    private void stop() {
        if (subscription != null) {
            seen = subscription.end();
            subscription = null;
        }
    }
}
