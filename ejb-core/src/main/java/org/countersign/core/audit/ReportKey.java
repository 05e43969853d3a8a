package org.countersign.core.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.countersign.core.CoreSettings;

/**
 * The Ed25519 key with which this gateway signs reports, in {@code secrets/report.key}: a file that only this process'
 * user may read and that is made at first use. Who keeps the public half can check reports without the gateway.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class ReportKey {
    private static final String ALGORITHM = "Ed25519";
    private static final int PUBLIC_BYTES = 32;
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    @Inject
    private CoreSettings settings;

    public ReportKey() {}

    ReportKey(CoreSettings settings) {
        this.settings = settings;
    }

    /** The public half as a JSON Web Key. */
    public String jwk() {
        String x = lines().get(1);
        return "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + x + "\",\"kid\":\"" + id(x) + "\"}";
    }

    /** What names the key: its thumbprint as RFC 7638 has it. */
    String id() {
        return id(lines().get(1));
    }

    /** Returns a JWS of these bytes that does not repeat them (RFC 7797): {@code header..signature}. */
    String sign(byte[] payload) {
        List<String> lines = lines();
        String header = URL.encodeToString(("{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":\""
                        + id(lines.get(1)) + "\",\"typ\":\"countersign-report\"}")
                .getBytes(StandardCharsets.UTF_8));
        try {
            PrivateKey key = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getUrlDecoder().decode(lines.get(0))));
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update((header + ".").getBytes(StandardCharsets.US_ASCII));
            signature.update(payload);
            return header + ".." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the report key is damaged", e);
        }
    }

    private static String id(String x) {
        try {
            byte[] canonical =
                    ("{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}").getBytes(StandardCharsets.US_ASCII);
            return URL.encodeToString(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private half, then the public one. */
    private List<String> lines() {
        Path file = settings.home().resolve("secrets").resolve("report.key");
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            List<String> lines = Files.readAllLines(file);
            if (lines.size() != 2) {
                throw new IOException("the report key is damaged");
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("the report key cannot be read or made", e);
        }
    }

    /** Whoever links first wins; nobody ever sees a half-written file. */
    private static void make(Path file) throws IOException {
        Files.createDirectories(
                file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path draft = Files.createTempFile(
                file.getParent(),
                "report",
                ".draft",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(draft, pair());
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // another thread or node of this home made it: theirs is read
            return;
        } finally {
            Files.delete(draft);
        }
    }

    private static byte[] pair() throws IOException {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] x = Arrays.copyOfRange(encoded, encoded.length - PUBLIC_BYTES, encoded.length);
            var out = new ByteArrayOutputStream();
            out.write(URL.encode(pair.getPrivate().getEncoded()));
            out.write('\n');
            out.write(URL.encode(x));
            out.write('\n');
            return out.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
