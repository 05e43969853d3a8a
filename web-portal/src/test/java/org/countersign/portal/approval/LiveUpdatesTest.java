package org.countersign.portal.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.server.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.countersign.core.approval.ApprovalChanged;
import org.countersign.model.port.ApprovalDesk.State;
import org.junit.jupiter.api.Test;

class LiveUpdatesTest {
    private static final ApprovalChanged CHANGE = new ApprovalChanged(UUID.randomUUID(), State.PENDING);

    private final ApprovalNews news = new ApprovalNews();
    private final OpenUi ui = new OpenUi();
    private final Div page = new Div();
    private int reads;

    /** A browser session that is free, or busy with something else until it is {@link #free}. */
    private static final class OpenUi extends UI {
        private static final long serialVersionUID = 1L;
        private final List<Command> waiting = new ArrayList<>();
        private boolean busy;

        @Override
        public Future<Void> access(Command command) {
            waiting.add(command);
            if (!busy) {
                free();
            }
            return CompletableFuture.completedFuture(null);
        }

        void free() {
            busy = false;
            List<Command> turn = List.copyOf(waiting);
            waiting.clear();
            turn.forEach(Command::execute);
        }
    }

    @Test
    void readsAgainWhenAnApprovalChanges() {
        open();
        ui.add(page);

        news.publish(CHANGE);

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void readsAgainWhatChangedBetweenReadingAndAttaching() {
        open();
        news.publish(CHANGE);

        ui.add(page);

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void readsOnceForAllThatChangesWhileThePageIsBusy() {
        open();
        ui.add(page);
        ui.busy = true;
        news.publish(CHANGE);
        news.publish(CHANGE);
        news.publish(CHANGE);
        assertThat(reads).isEqualTo(1);

        ui.free();
        assertThat(reads).isEqualTo(2);

        news.publish(CHANGE);
        assertThat(reads).isEqualTo(3);
    }

    @Test
    void readsOnceWhenNothingChanged() {
        news.publish(CHANGE);
        open();

        ui.add(page);

        assertThat(reads).isEqualTo(1);
    }

    @Test
    void makesUpForWhatChangedWhileThePageWasAway() {
        open();
        ui.add(page);
        ui.remove(page);
        news.publish(CHANGE);
        assertThat(reads).isEqualTo(1);

        ui.add(page);

        assertThat(reads).isEqualTo(2);
    }

    private void open() {
        LiveUpdates.of(page, news, change -> true, () -> reads++);
        reads++;
    }
}
