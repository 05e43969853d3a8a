package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;

/** {@code login.json}: the tokens of the person who signed in, readable by the owner of the file alone. */
final class LoginFile {
    private final Path path;
    private final URI issuer;

    LoginFile(Path home, URI issuer) {
        this.path = home.resolve("login.json");
        this.issuer = issuer;
    }

    /** Returns nothing when nobody signed in or the sign-in was with another issuer. */
    Optional<Tokens> read() throws Failure {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            JsonNode json = Web.json(Files.readString(path));
            if (!json.path("issuer").asText().equals(issuer.toString())) {
                return Optional.empty();
            }
            return Optional.of(new Tokens(
                    json.path("accessToken").asText(),
                    Instant.ofEpochSecond(json.path("expiresAt").asLong()),
                    Optional.ofNullable(json.path("refreshToken").textValue())));
        } catch (IOException e) {
            throw Failure.usage("cannot read " + path);
        }
    }

    void write(Tokens tokens) throws Failure {
        ObjectNode json = Web.JSON.createObjectNode();
        json.put("issuer", issuer.toString());
        json.put("accessToken", tokens.access());
        json.put("expiresAt", tokens.expiresAt().getEpochSecond());
        tokens.refresh().ifPresent(refresh -> json.put("refreshToken", refresh));
        try {
            Path home = Optional.ofNullable(path.toAbsolutePath().getParent()).orElseThrow();
            Files.createDirectories(home);
            Path fresh = Files.createTempFile(
                    home,
                    "login",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, json.toString());
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw Failure.usage("cannot write " + path);
        }
    }

    boolean delete() throws Failure {
        try {
            return Files.deleteIfExists(path);
        } catch (IOException e) {
            throw Failure.usage("cannot delete " + path);
        }
    }
}
