package org.countersign.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;

/** Where the build put or found what the launcher needs. */
final class Build {

    private static final Properties PLACES = places();

    private Build() {}

    static Path root() {
        return place("root");
    }

    /** The directory of unpacked and configured distributions; its content can be made again. */
    static Path dist() {
        return place("dist");
    }

    static Path wildflyZip() {
        return place("wildfly");
    }

    static Path keycloakZip() {
        return place("keycloak");
    }

    static Path pgjdbc() {
        return place("pgjdbc");
    }

    static Path postgres15() {
        return place("postgres-15");
    }

    static Path ear() {
        return place("ear");
    }

    /** A file beside this class. */
    static byte[] resource(String name) {
        try (InputStream in = Build.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not built in: " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        return new String(resource(name), StandardCharsets.UTF_8);
    }

    private static Path place(String key) {
        return Path.of(PLACES.getProperty(key)).normalize();
    }

    private static Properties places() {
        try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
