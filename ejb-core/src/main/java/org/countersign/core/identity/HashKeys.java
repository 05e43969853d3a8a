package org.countersign.core.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.countersign.model.masking.HashKey;

/**
 * Derives each target's hash key from one secret in {@code secrets/hash.key}, a file that only this process' user may
 * read and that is made at first use. Without it the hashes of new recordings would not compare to those of old ones.
 */
public final class HashKeys {
    private static final int SECRET_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final Path file;

    HashKeys(Path home) {
        this.file = home.resolve("secrets").resolve("hash.key");
    }

    public HashKey of(String target) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret(), ALGORITHM));
            mac.update("countersign hash key 1\0".getBytes(StandardCharsets.UTF_8));
            return new HashKey(mac.doFinal(target.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException("the hash secret cannot be read or made", e);
        }
    }

    private byte[] secret() throws IOException {
        if (!Files.exists(file)) {
            make();
        }
        byte[] secret = Files.readAllBytes(file);
        if (secret.length != SECRET_BYTES) {
            throw new IOException("the hash secret is damaged");
        }
        return secret;
    }

    /** Whoever links first wins; nobody ever sees a half-written file. */
    private void make() throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createDirectories(
                file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path draft = Files.createTempFile(file.getParent(), "hash", ".draft", ownerOnly);
        try {
            byte[] secret = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(secret);
            try (FileChannel channel = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE))) {
                channel.write(ByteBuffer.wrap(secret));
                channel.force(true);
            }
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // another thread or node of this home made it: theirs is read
            return;
        } finally {
            Files.delete(draft);
        }
    }
}
