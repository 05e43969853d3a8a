package org.countersign.connector.postgres;

import com.ongres.scram.common.util.TlsServerEndpoint;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * What identifies a TLS connection by its server's certificate.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5929#section-4">RFC 5929, tls-server-end-point</a>
 */
final class TlsEndpoint {
    private TlsEndpoint() {}

    /** Of a connection on which we are the server; empty for a certificate whose signature has no hash to go by. */
    static Optional<byte[]> ofOurs(SslHandler tls) {
        return of(tls.engine().getSession().getLocalCertificates());
    }

    /** Of a connection on which we are the client. */
    static Optional<byte[]> ofTheirs(SslHandler tls) throws SSLPeerUnverifiedException {
        return of(tls.engine().getSession().getPeerCertificates());
    }

    private static Optional<byte[]> of(Certificate @Nullable [] chain) {
        if (chain == null || chain.length == 0 || !(chain[0] instanceof X509Certificate certificate)) {
            return Optional.empty();
        }
        try {
            byte[] data = TlsServerEndpoint.getChannelBindingData(certificate);
            return data.length == 0 ? Optional.empty() : Optional.of(data);
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }
}
