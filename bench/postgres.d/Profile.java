import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Says where a recording's CPU time, allocations and waits went: by thread, by method, and by the nearest method of
 * Countersign on the stack. {@code java Profile.java RECORDING}.
 */
public final class Profile {

    private static final int LINES = 30;
    private static final String OURS = "org.countersign.";
    private static final Predicate<RecordedFrame> ANY = frame -> true;
    private static final Predicate<RecordedFrame> OF_COUNTERSIGN =
            frame -> frame.getMethod().getType().getName().startsWith(OURS)
                    && !frame.getMethod().getType().getName().contains("$$Lambda");

    private final Table threads = new Table("CPU by thread, samples", 1);
    private final Table top = new Table("CPU by method, samples", 1);
    private final Table ours = new Table("CPU by nearest method of Countersign, samples", 1);
    private final Table within = new Table("CPU within a method of Countersign, callees included, samples", 1);
    private final Table classes = new Table("allocated by class, kB (estimated)", 1024);
    private final Table allocations = new Table("allocated by nearest method of Countersign, kB (estimated)", 1024);
    private final Table contention = new Table("waiting for monitors, ms", 1_000_000);
    private final Table files = new Table("file operations, ms", 1_000_000);
    private final Table pauses = new Table("pauses of the garbage collector, ms", 1_000_000);
    private final Set<Long> allocators = new HashSet<>();
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private boolean byCpuTime;

    public static void main(String... arguments) throws IOException {
        var profile = new Profile();
        Path recording = Path.of(arguments[0]);
        profile.look(recording);
        profile.read(recording);
        profile.print();
    }

    /** CPU-time samples (JDK 25, Linux) see what Java's own sampler does not; they replace its samples where there are any. */
    private void look(Path recording) throws IOException {
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents() && !byCpuTime) {
                byCpuTime = file.readEvent().getEventType().getName().equals("jdk.CPUTimeSample");
            }
        }
    }

    private void read(Path recording) throws IOException {
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                add(file.readEvent());
            }
        }
    }

    private void add(RecordedEvent event) {
        if (event.getStartTime().isBefore(first)) {
            first = event.getStartTime();
        }
        if (event.getEndTime().isAfter(last)) {
            last = event.getEndTime();
        }
        switch (event.getEventType().getName()) {
            case "jdk.CPUTimeSample" -> sampled(event, thread(event, "eventThread"));
            case "jdk.ExecutionSample", "jdk.NativeMethodSample" -> {
                if (!byCpuTime) {
                    sampled(event, thread(event, "sampledThread"));
                }
            }
            case "jdk.ObjectAllocationSample" -> {
                // a thread's first sample stands for everything since it was started
                if (event.getThread("eventThread") == null
                        || allocators.add(event.getThread("eventThread").getId())) {
                    return;
                }
                long weight = event.getLong("weight");
                RecordedClass type = event.getClass("objectClass");
                classes.add(type == null ? "?" : type.getName(), weight);
                allocations.add(frame(event, OF_COUNTERSIGN), weight);
            }
            case "jdk.JavaMonitorEnter" -> contention.add(frame(event, OF_COUNTERSIGN), event.getDuration().toNanos());
            case "jdk.FileForce", "jdk.FileWrite" -> files.add(
                    event.getEventType().getName().substring(4) + " " + frame(event, OF_COUNTERSIGN),
                    event.getDuration().toNanos());
            case "jdk.GCPhasePause" -> pauses.add(event.getString("name"), event.getDuration().toNanos());
            default -> {
                // the recording has more than is summed up here; jfr view shows it
            }
        }
    }

    private void sampled(RecordedEvent event, String thread) {
        threads.add(thread, 1);
        top.add(frame(event, ANY), 1);
        ours.add(frame(event, OF_COUNTERSIGN), 1);
        if (event.getStackTrace() != null) {
            event.getStackTrace().getFrames().stream()
                    .filter(RecordedFrame::isJavaFrame)
                    .filter(OF_COUNTERSIGN)
                    .map(Profile::name)
                    .distinct()
                    .forEach(name -> within.count(name));
            within.total++;
        }
    }

    private static String thread(RecordedEvent event, String field) {
        var thread = event.getThread(field);
        String name = thread == null ? null : thread.getJavaName() == null ? thread.getOSName() : thread.getJavaName();
        return name == null ? "?" : name.replaceAll("\\d+", "#");
    }

    private static String frame(RecordedEvent event, Predicate<RecordedFrame> wanted) {
        if (event.getStackTrace() == null) {
            return "(no stack)";
        }
        return event.getStackTrace().getFrames().stream()
                .filter(RecordedFrame::isJavaFrame)
                .filter(wanted)
                .findFirst()
                .map(Profile::name)
                .orElse("(none)");
    }

    private static String name(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        return (method.getType().getName().replace(OURS, "") + "." + method.getName()).replaceAll("lambda\\$|\\$\\d+$", "");
    }

    private void print() {
        System.out.printf(
                Locale.ROOT,
                "%nJFR, %.1f s, samples of %s%n",
                Duration.between(first, last).toMillis() / 1000.0,
                byCpuTime ? "CPU time" : "running threads");
        for (Table table : new Table[] {threads, top, ours, within, classes, allocations, contention, files, pauses}) {
            table.print();
        }
    }

    /** Sums by key, the largest first. */
    private static final class Table {
        private final String title;
        private final long unit;
        private final Map<String, long[]> sums = new HashMap<>();
        private long total;

        Table(String title, long unit) {
            this.title = title;
            this.unit = unit;
        }

        void add(String key, long value) {
            keep(key, value);
            total += value;
        }

        /** For keys of which one event has several: the total is counted apart. */
        void count(String key) {
            keep(key, 1);
        }

        private void keep(String key, long value) {
            long[] sum = sums.computeIfAbsent(key, each -> new long[2]);
            sum[0] += value;
            sum[1]++;
        }

        void print() {
            System.out.printf(Locale.ROOT, "%n%s: %d%n", title, total / unit);
            sums.entrySet().stream()
                    .sorted((a, b) -> Long.compare(b.getValue()[0], a.getValue()[0]))
                    .limit(LINES)
                    .forEach(each -> System.out.printf(
                            Locale.ROOT,
                            "%10d %5.1f %% %8d x  %s%n",
                            each.getValue()[0] / unit,
                            100.0 * each.getValue()[0] / Math.max(1, total),
                            each.getValue()[1],
                            each.getKey()));
        }
    }
}
