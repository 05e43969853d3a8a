package org.countersign.connector;

import io.netty.buffer.AbstractByteBuf;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What this process has at a moment, once its garbage is gone.
 */
record Belongings(long sockets, long heapBytes, long directBytes) {
    static Belongings now() throws IOException {
        System.gc();
        return new Belongings(
                socketsNow(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider known
                        ? known.metric().usedDirectMemory()
                        : 0);
    }

    /** How many sockets are open; files come and go with the journal's segments. */
    static long socketsNow() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(Belongings::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed since
        }
    }

    /** From now on every buffer that nobody released is told here, once the collector has found it. */
    static List<String> leaks() throws ReflectiveOperationException {
        var told = new CopyOnWriteArrayList<String>();
        var field = AbstractByteBuf.class.getDeclaredField("leakDetector");
        field.setAccessible(true);
        ((ResourceLeakDetector<?>) field.get(null)).setLeakListener((kind, records) -> told.add(kind + records));
        return told;
    }

    /** Has the collector look for buffers that were lost, and the detector tell of them. */
    static void search() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            ByteBuf one = ByteBufAllocator.DEFAULT.buffer(16);
            one.release();
        }
    }
}
