package org.countersign.connector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A disk of its own on which this process may write a few times a second only, once it is told to be slow. */
final class SlowDisk implements AutoCloseable {
    private static final Path GROUPS = Path.of("/sys/fs/cgroup/blkio");
    private final Path at;
    private final String device;
    private final Path group;

    private SlowDisk(Path at, String device, Path group) {
        this.at = at;
        this.device = device;
        this.group = group;
    }

    /** Mounts a new one of 64 MB; empty where this user cannot, or cannot slow it down. */
    static Optional<SlowDisk> mount(Path at, Path image) throws IOException, InterruptedException {
        Path group = GROUPS.resolve("countersign-" + ProcessHandle.current().pid());
        if (!Files.isWritable(GROUPS)
                || run("truncate", "-s", "64M", image.toString()).isEmpty()
                || run("mkfs.ext4", "-q", "-F", image.toString()).isEmpty()) {
            return Optional.empty();
        }
        Optional<String> device = run("losetup", "--find", "--show", image.toString());
        if (device.isEmpty() || run("mount", device.get(), at.toString()).isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectory(group);
        return Optional.of(new SlowDisk(at, device.get(), group));
    }

    void slow(int writesPerSecond) throws IOException {
        String name = device.substring(device.lastIndexOf('/') + 1);
        String number = Files.readString(Path.of("/sys/block", name, "dev")).strip();
        write(group.resolve("blkio.throttle.write_iops_device"), number + " " + writesPerSecond);
        enter(group);
    }

    void fast() throws IOException {
        enter(GROUPS);
    }

    private static void enter(Path group) throws IOException {
        write(
                group.resolve("cgroup.procs"),
                Long.toString(ProcessHandle.current().pid()));
    }

    private static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        fast();
        Files.delete(group);
        run("umount", at.toString());
        run("losetup", "--detach", device);
    }

    /** What it prints; empty when it fails. */
    private static Optional<String> run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
    }
}
