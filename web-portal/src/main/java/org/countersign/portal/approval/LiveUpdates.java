package org.countersign.portal.approval;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.countersign.core.approval.ApprovalChanged;
import org.jspecify.annotations.Nullable;

/** Runs something in an open page whenever an approval changes, for as long as the page is open. */
public final class LiveUpdates {
    private @Nullable Runnable end;

    private LiveUpdates() {}

    public static void of(
            Component page, ApprovalNews news, Predicate<ApprovalChanged> relevant, Consumer<ApprovalChanged> update) {
        var updates = new LiveUpdates();
        page.addAttachListener((AttachEvent event) -> {
            UI ui = event.getUI();
            updates.stop();
            updates.end = news.subscribe(change -> {
                if (relevant.test(change)) {
                    ui.access(() -> update.accept(change));
                }
            });
        });
        page.addDetachListener((DetachEvent event) -> updates.stop());
    }

    private void stop() {
        if (end != null) {
            end.run();
            end = null;
        }
    }
}
