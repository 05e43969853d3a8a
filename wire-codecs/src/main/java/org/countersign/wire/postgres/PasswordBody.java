package org.countersign.wire.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.countersign.wire.postgres.FrontendMessage.Password.SaslInitial;

/** The shapes a message with tag {@code p} can have. */
final class PasswordBody {
    private PasswordBody() {}

    static String text(byte[] content) {
        Body body = new Body(Unpooled.wrappedBuffer(content));
        String password = body.string("password");
        body.end("password message");
        return password;
    }

    static SaslInitial saslInitial(byte[] content) {
        Body body = new Body(Unpooled.wrappedBuffer(content));
        SaslInitial initial = new SaslInitial(body.string("SASL mechanism"), body.value("SASL response"));
        body.end("SASL initial response");
        return initial;
    }

    static byte[] saslInitial(String mechanism, byte[] response) {
        byte[] name = mechanism.getBytes(StandardCharsets.UTF_8);
        byte[] content = new byte[Math.addExact(Math.addExact(name.length, response.length), 1 + Integer.BYTES)];
        ByteBuf out = Unpooled.wrappedBuffer(content).clear();
        out.writeBytes(name).writeByte(0).writeInt(response.length).writeBytes(response);
        return content;
    }
}
