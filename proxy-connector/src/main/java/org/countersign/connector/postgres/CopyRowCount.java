package org.countersign.connector.postgres;

import org.countersign.connector.postgres.analysis.CopyOptions;

/** Counts the rows of copy data as they come, for people to see; the target counts for itself. */
final class CopyRowCount {
    private static final int SIGNATURE_AND_FLAGS = 15;
    private final CopyOptions.Format format;
    private final byte quote;
    private final byte escape;
    private long lines;
    private boolean quoted;
    private boolean escaped;
    private boolean begun;
    private final boolean header;
    private long skip = SIGNATURE_AND_FLAGS;
    private int need = Integer.BYTES;
    private int number;
    private int fields = -1;
    private boolean ended;

    CopyRowCount(CopyOptions options) {
        format = options.format();
        header = options.header();
        quote = first(options.quote());
        escape = first(options.escape());
    }

    private static byte first(String text) {
        return text.isEmpty() ? (byte) '"' : (byte) text.charAt(0);
    }

    void add(byte[] data) {
        for (byte c : data) {
            switch (format) {
                case TEXT -> text(c);
                case CSV -> csv(c);
                case BINARY -> binary(c);
            }
        }
    }

    /** Without a header; a last line need not have an end. */
    long rows() {
        long all = format == CopyOptions.Format.BINARY || !begun ? lines : lines + 1;
        return header ? Math.max(0, all - 1) : all;
    }

    /** A line end behind a backslash is part of a value. */
    private void text(byte c) {
        if (c == '\n' && !escaped) {
            lines++;
            begun = false;
            return;
        }
        begun = true;
        escaped = c == '\\' && !escaped;
    }

    /** A doubled quote leaves and enters again; an escaped one does neither. */
    private void csv(byte c) {
        if (c == '\n' && !quoted) {
            lines++;
            begun = false;
            return;
        }
        begun = true;
        if (escaped) {
            escaped = false;
        } else if (quoted && c == escape && escape != quote) {
            escaped = true;
        } else if (c == quote) {
            quoted = !quoted;
        }
    }

    /** Header, length of its extension, then rows: a number of fields, and for each its length and its bytes. */
    private void binary(byte c) {
        if (ended) {
            return;
        }
        if (skip > 0) {
            skip--;
            return;
        }
        number = number << Byte.SIZE | c & 0xFF;
        if (--need > 0) {
            return;
        }
        if (fields < 0) {
            skip = Math.max(0, number);
            next(0);
        } else if (fields == 0) {
            short width = (short) number;
            ended = width < 0;
            lines += ended ? 0 : 1;
            next(Math.max(0, width));
        } else {
            skip = Math.max(0, number);
            next(fields - 1);
        }
    }

    private void next(int left) {
        fields = left;
        number = 0;
        need = left == 0 ? Short.BYTES : Integer.BYTES;
    }
}
