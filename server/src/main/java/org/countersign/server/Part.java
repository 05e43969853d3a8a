package org.countersign.server;

/** One of the servers that make up an installation. */
interface Part {

    String name();

    /** Starts it; what takes long may still go on when this returns. */
    void start();

    /** Returns when it answers. */
    void awaitReadiness();

    /** Stops it, if it runs. */
    void stop();

    /** Whether its process is alive. */
    boolean alive();

    /** Starts it again after it ended by itself, where that loses nothing; returns whether it answers. */
    default boolean revived() {
        return false;
    }

    /** Stops what an earlier launcher left behind. */
    void stopLeftover();

    /** Whether it answers right now, from wherever it was started. */
    boolean healthy();

    /** Where it is, for the status. */
    String address();
}
