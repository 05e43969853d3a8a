package org.countersign.wire.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.countersign.wire.WireException;
import org.countersign.wire.postgres.StartupPacket.CancelRequest;
import org.countersign.wire.postgres.StartupPacket.GssEncRequest;
import org.countersign.wire.postgres.StartupPacket.SslRequest;
import org.countersign.wire.postgres.StartupPacket.Startup;

/**
 * Decodes what comes before the first tagged message. SSLRequest and GSSENCRequest may each come once, and nothing may
 * be in the buffer behind them: such bytes would be plaintext posing as what came through the encryption. After a Startup
 * the decoder reads nothing more; bytes behind it are handed on when it is removed from the pipeline.
 */
public final class StartupDecoder extends ByteToMessageDecoder {
    /** PostgreSQL's own limit, counting the length field. */
    public static final int MAX_PACKET_BYTES = 10_000;

    static final int CANCEL_CODE = 80877102;
    static final int SSL_CODE = 80877103;
    static final int GSS_CODE = 80877104;

    private static final int LENGTH_BYTES = 4;
    private static final int MIN_PACKET_BYTES = 8;
    private static final int MAJOR = 3;
    private static final int MIN_KEY_BYTES = 4;
    private static final int MAX_KEY_BYTES = 256;

    private final int limit;
    private boolean sslAsked;
    private boolean gssAsked;
    private boolean done;
    private boolean broken;

    public StartupDecoder() {
        this(MAX_PACKET_BYTES);
    }

    /** @param limit the largest packet, counting the length field */
    public StartupDecoder(int limit) {
        this.limit = limit;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
        } else if (!done) {
            decodePacket(in, out);
        } else if (in.readableBytes() > MAX_PACKET_BYTES) {
            throw failure("more than " + MAX_PACKET_BYTES + " bytes behind the startup packet");
        }
    }

    private void decodePacket(ByteBuf in, List<Object> out) {
        if (in.readableBytes() < LENGTH_BYTES) {
            return;
        }
        int declared = in.getInt(in.readerIndex());
        if (declared < MIN_PACKET_BYTES || declared > limit) {
            String fault = "startup packet declares " + declared + " bytes, limit " + limit;
            broken = true;
            throw declared > limit ? WireException.tooLarge(fault) : new WireException(fault);
        }
        if (in.readableBytes() < declared) {
            return;
        }
        in.skipBytes(LENGTH_BYTES);
        try {
            out.add(packet(new Body(in.readSlice(declared - LENGTH_BYTES)), in.isReadable()));
        } catch (WireException e) {
            broken = true;
            throw e;
        }
    }

    private StartupPacket packet(Body body, boolean moreBehind) {
        int code = body.int32("startup code");
        StartupPacket packet = switch (code) {
            case SSL_CODE -> ssl();
            case GSS_CODE -> gss();
            case CANCEL_CODE -> cancel(body);
            default -> startup(code, body);
        };
        body.end("startup packet");
        if (moreBehind && !(packet instanceof Startup)) {
            throw new WireException("bytes behind a packet that has to stand alone");
        }
        return packet;
    }

    private SslRequest ssl() {
        if (sslAsked) {
            throw new WireException("second SSLRequest");
        }
        sslAsked = true;
        return new SslRequest();
    }

    private GssEncRequest gss() {
        if (gssAsked) {
            throw new WireException("second GSSENCRequest");
        }
        gssAsked = true;
        return new GssEncRequest();
    }

    private CancelRequest cancel(Body body) {
        done = true;
        int processId = body.int32("process id");
        int keyBytes = body.remaining();
        if (keyBytes < MIN_KEY_BYTES || keyBytes > MAX_KEY_BYTES) {
            throw new WireException("cancel key has " + keyBytes + " bytes, limit " + MAX_KEY_BYTES);
        }
        return new CancelRequest(processId, body.rest());
    }

    private Startup startup(int code, Body body) {
        done = true;
        int major = code >>> 16;
        if (major != MAJOR) {
            body.rest();
            return new Startup(major, code & 0xffff, new LinkedHashMap<>());
        }
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        for (String name = body.string("parameter name"); !name.isEmpty(); name = body.string("parameter name")) {
            if (parameters.putIfAbsent(name, body.string("parameter value")) != null) {
                throw new WireException("startup parameter given twice");
            }
        }
        return new Startup(major, code & 0xffff, parameters);
    }

    private WireException failure(String message) {
        broken = true;
        return new WireException(message);
    }
}
