package org.countersign.connector.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first byte of a connection: a client may begin with TLS instead of asking for it, and then has to say in
 * the handshake that it speaks PostgreSQL's protocol, lest it be lured here from another one. Closes without a word where
 * that cannot be.
 */
final class DirectTls extends ByteToMessageDecoder {
    private static final byte HANDSHAKE = 0x16;
    private final @Nullable SslContext tls;

    DirectTls(@Nullable SslContext tls) {
        this.tls = tls;
        setSingleDecode(true);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (in.getByte(in.readerIndex()) != HANDSHAKE) {
            ctx.pipeline().remove(this);
            return;
        }
        if (tls == null) {
            in.skipBytes(in.readableBytes());
            ctx.close();
            return;
        }
        SslHandler handler = tls.newHandler(ctx.alloc());
        handler.handshakeFuture().addListener(shaken -> {
            if (!shaken.isSuccess() || !PostgresProtocol.TLS_NAME.equals(handler.applicationProtocol())) {
                ctx.channel().close();
            }
        });
        ctx.pipeline().replace(this, "tls", handler);
    }
}
