package org.countersign.connector.intercept;

/**
 * Backpressure from the client and the journal to the target: it is not read while too much waits for its record or the
 * client does not take what it has. Confined to the session's event loop.
 */
public final class Flow {
    private final long limitBytes;
    private final Source source;
    private long unreleased;
    private boolean clientTakes = true;
    private boolean reading = true;

    /** What can be told to pause. */
    @FunctionalInterface
    public interface Source {
        void read(boolean reading);
    }

    public Flow(long limitBytes, Source source) {
        this.limitBytes = limitBytes;
        this.source = source;
    }

    public void kept(int bytes) {
        unreleased += bytes;
        check();
    }

    public void released(int bytes) {
        unreleased -= bytes;
        check();
    }

    public void clientTakes(boolean takes) {
        clientTakes = takes;
        check();
    }

    private void check() {
        boolean should = clientTakes && unreleased <= limitBytes;
        if (should != reading) {
            reading = should;
            source.read(should);
        }
    }
}
