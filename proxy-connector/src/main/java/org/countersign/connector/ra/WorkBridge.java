package org.countersign.connector.ra;

import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs what may block on the container's work threads. Safe for all threads. */
final class WorkBridge implements Executor {
    private final WorkManager manager;

    WorkBridge(WorkManager manager) {
        this.manager = manager;
    }

    /** @throws RejectedExecutionException when the container takes no work */
    @Override
    public void execute(Runnable task) {
        try {
            manager.scheduleWork(new Work() {
                @Override
                public void run() {
                    task.run();
                }

                @Override
                public void release() {
                    // a task ends by itself
                }
            });
        } catch (WorkException e) {
            throw new RejectedExecutionException(e);
        }
    }
}
