package org.countersign.connector.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLParameters;
import org.countersign.model.port.Secret;
import org.countersign.model.port.SessionGrant.TlsMode;

/** TLS contexts: one for clients, one for each way of reaching a target. Safe for all threads. */
public final class Tls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private Tls() {}

    /** A PKCS12 file with the listener's key and certificate chain. */
    public record Keystore(Path file, Secret password) {}

    /**
     * Returns the context for a listener. A client that names the protocols it speaks over TLS (ALPN) must name this one.
     *
     * @throws IOException when the key store cannot be read or holds no usable key
     */
    public static SslContext server(Keystore keystore, String protocol) throws IOException {
        char[] password = keystore.password().reveal().toCharArray();
        try (var in = Files.newInputStream(keystore.file())) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            return SslContextBuilder.forServer(keys)
                    .sslProvider(SslProvider.JDK)
                    .protocols(PROTOCOLS)
                    .clientAuth(ClientAuth.NONE)
                    .applicationProtocolConfig(speaking(SelectorFailureBehavior.FATAL_ALERT, protocol))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IOException("the TLS key store cannot be used", e);
        }
    }

    private static ApplicationProtocolConfig speaking(SelectorFailureBehavior otherwise, String protocol) {
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN, otherwise, SelectedListenerFailureBehavior.ACCEPT, protocol);
    }

    /**
     * Returns the context for a target that is told which protocol is meant (ALPN); empty when TLS is off. Without {@link TlsMode#VERIFY_FULL} any certificate is
     * accepted, as libpq does: it keeps listeners out, not impostors.
     */
    public static Optional<SslContext> client(TlsMode mode, String protocol) throws IOException {
        return switch (mode) {
            case DISABLE -> Optional.empty();
            case PREFER, REQUIRE ->
                Optional.of(SslContextBuilder.forClient()
                        .sslProvider(SslProvider.JDK)
                        .protocols(PROTOCOLS)
                        .applicationProtocolConfig(speaking(SelectorFailureBehavior.NO_ADVERTISE, protocol))
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .endpointIdentificationAlgorithm("")
                        .build());
            case VERIFY_FULL ->
                Optional.of(SslContextBuilder.forClient()
                        .sslProvider(SslProvider.JDK)
                        .protocols(PROTOCOLS)
                        .applicationProtocolConfig(speaking(SelectorFailureBehavior.NO_ADVERTISE, protocol))
                        .build());
        };
    }

    /** A handler that, for {@link TlsMode#VERIFY_FULL}, also checks that the certificate is the host's. */
    public static SslHandler handler(
            SslContext context, ByteBufAllocator allocator, TlsMode mode, String host, int port) {
        SslHandler handler = context.newHandler(allocator, host, port);
        if (mode == TlsMode.VERIFY_FULL) {
            SSLParameters parameters = handler.engine().getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            handler.engine().setSSLParameters(parameters);
        }
        return handler;
    }
}
