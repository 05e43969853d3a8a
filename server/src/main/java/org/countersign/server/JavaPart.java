package org.countersign.server;

/** A part that is a server in a Java process of its own. */
abstract class JavaPart implements Part {

    private final String name;
    private final JavaServer server;
    private final long stopSeconds;

    /** @param stopSeconds after which it is killed */
    JavaPart(String name, JavaServer server, long stopSeconds) {
        this.name = name;
        this.server = server;
        this.stopSeconds = stopSeconds;
    }

    final JavaServer server() {
        return server;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final void stop() {
        server.stop(stopSeconds);
    }

    @Override
    public final boolean alive() {
        return server.alive();
    }

    @Override
    public final void stopLeftover() {
        server.stopLeftover(stopSeconds);
    }
}
