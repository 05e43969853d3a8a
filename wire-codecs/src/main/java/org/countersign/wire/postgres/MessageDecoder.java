package org.countersign.wire.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.countersign.wire.WireException;

/** Cuts the stream into tagged messages. After a WireException the stream is broken and the rest of it is discarded. */
abstract class MessageDecoder extends ByteToMessageDecoder {
    static final int LENGTH_BYTES = 4;

    private static final int TAG_BYTES = 1;

    /** PostgreSQL takes no message beyond: a longer one is no message but a broken stream. */
    private static final int MAX_BYTES_OF_ANY = 1 << 30;

    private int maxMessageBytes;
    private boolean broken;

    MessageDecoder(int maxMessageBytes) {
        limit(maxMessageBytes);
    }

    /**
     * Sets the limit that holds from the next message on; on the channel's event loop only.
     *
     * @param maxMessageBytes bytes, counting the length field but not the tag; at least 4
     */
    public final void limit(int maxMessageBytes) {
        if (maxMessageBytes < LENGTH_BYTES) {
            throw new IllegalArgumentException("a message has at least " + LENGTH_BYTES + " bytes");
        }
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    protected final void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            decodeMessage(in, out);
        } catch (WireException e) {
            broken = true;
            throw e;
        }
    }

    private void decodeMessage(ByteBuf in, List<Object> out) {
        if (!in.isReadable()) {
            return;
        }
        byte tag = in.getByte(in.readerIndex());
        int limit = limitOf(tag, maxMessageBytes);
        if (in.readableBytes() < TAG_BYTES + LENGTH_BYTES) {
            return;
        }
        int declared = in.getInt(in.readerIndex() + TAG_BYTES);
        if (declared < LENGTH_BYTES || declared > limit) {
            String fault =
                    "message 0x" + Integer.toHexString(tag & 0xff) + " declares " + declared + " bytes, limit " + limit;
            throw declared > maxMessageBytes && declared <= MAX_BYTES_OF_ANY
                    ? WireException.tooLarge(fault)
                    : new WireException(fault);
        }
        if (in.readableBytes() - TAG_BYTES < declared) {
            return;
        }
        in.skipBytes(TAG_BYTES + LENGTH_BYTES);
        Body body = new Body(in.readSlice(declared - LENGTH_BYTES));
        out.add(message(tag, body));
    }

    /**
     * The limit of a message with this tag, no more than the limit given.
     *
     * @throws WireException when no message has this tag: what follows it is no length
     */
    abstract int limitOf(byte tag, int maxMessageBytes);

    /** Reads the content to its last byte. */
    abstract Object message(byte tag, Body body);
}
