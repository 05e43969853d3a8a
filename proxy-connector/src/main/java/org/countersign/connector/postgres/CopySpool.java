package org.countersign.connector.postgres;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.countersign.model.command.Estimate;
import org.countersign.model.command.Parameter;
import org.countersign.model.command.SqlCommand;
import org.jspecify.annotations.Nullable;

/**
 * The data of one COPY FROM STDIN while people decide about it: a little in memory, more in a file that nobody else can
 * read and that has no name from the moment it is open, so that nothing is left of it whatever happens. Used by one thread
 * at a time; closed by any.
 */
final class CopySpool implements AutoCloseable {
    private static final int MOST_IN_MEMORY = 256 << 10;
    private final MessageDigest digest;
    private final CopyRowCount rows;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable FileChannel file;
    private long bytes;
    private boolean closed;

    CopySpool(CopyRowCount rows) {
        this.rows = rows;
        digest = sha256();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a command is judged with whose data is not there yet. */
    static List<Parameter> announced() {
        return List.of(new Parameter(SqlCommand.COPIED_DATA, Optional.empty()));
    }

    synchronized void append(byte[] data) throws IOException {
        if (closed) {
            throw new EOFException("the data is not needed any more");
        }
        digest.update(data);
        rows.add(data);
        bytes += data.length;
        FileChannel channel = file;
        if (channel == null && memory.size() + data.length <= MOST_IN_MEMORY) {
            memory.writeBytes(data);
            return;
        }
        if (channel == null) {
            channel = unnamed();
            file = channel;
            write(channel, memory.toByteArray());
            memory.reset();
        }
        write(channel, data);
    }

    private static void write(FileChannel channel, byte[] data) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(data);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    private static FileChannel unnamed() throws IOException {
        Path path = Files.createTempFile(
                "countersign",
                ".copy",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(path);
        }
    }

    /** Its rows were counted. */
    synchronized Estimate estimate() {
        return new Estimate.Rows(rows.rows());
    }

    /** What people decide about: what they approve is this data and no other. */
    synchronized List<Parameter> described() {
        String text = rows.rows() + " rows, " + bytes + " bytes, sha256:" + hash();
        return List.of(new Parameter(SqlCommand.COPIED_DATA, Optional.of(text)));
    }

    private String hash() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Whether this is the digest of all of it. */
    synchronized boolean is(MessageDigest read) {
        return hash().equals(HexFormat.of().formatHex(read.digest()));
    }

    /** The part from there on; empty at the end. */
    synchronized byte[] read(long from, int most) throws IOException {
        int length = (int) Math.min(most, bytes - from);
        if (closed) {
            throw new EOFException("the data is not needed any more");
        }
        FileChannel channel = file;
        if (channel == null) {
            return Arrays.copyOfRange(memory.toByteArray(), (int) from, (int) from + length);
        }
        ByteBuffer part = ByteBuffer.allocate(length);
        while (part.hasRemaining()) {
            if (channel.read(part, from + part.position()) < 0) {
                throw new EOFException("the data is shorter than it was");
            }
        }
        return part.array();
    }

    @Override
    public synchronized void close() {
        closed = true;
        memory.reset();
        try (FileChannel channel = file) {
            file = null;
        } catch (IOException e) {
            // it has no name; what is left of it goes with the process
        }
    }
}
