package org.countersign.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The embedded identity provider with the demo's realms; its state is {@code keycloak/data} in the home directory. */
final class KeycloakPart extends JavaPart {

    private static final List<String> REALMS = List.of("countersign", "corp");
    private static final long STOP_SECONDS = 20;

    private final Settings settings;
    private final Progress progress;
    private final Path home;
    private final Path log;

    KeycloakPart(Settings settings, Progress progress) {
        super(
                "keycloak",
                new JavaServer(
                        "Keycloak",
                        "-Dkc.home.dir=" + home(settings),
                        settings.run().resolve("keycloak.pid"),
                        log(settings)),
                STOP_SECONDS);
        this.settings = settings;
        this.progress = progress;
        this.home = home(settings);
        this.log = log(settings);
    }

    private static Path home(Settings settings) {
        return settings.home().resolve("keycloak");
    }

    private static Path log(Settings settings) {
        return settings.logs().resolve("keycloak.log");
    }

    @Override
    public void start() {
        Path distribution = Distribution.keycloak(progress);
        link(distribution);
        realms();
        List<String> arguments = new ArrayList<>(List.of(
                "-Xms64m",
                "-Xmx256m",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Duser.language=en",
                "-Duser.country=US",
                "-Djdk.tls.rejectClientInitiatedRenegotiation=true",
                "--enable-native-access=ALL-UNNAMED"));
        for (String opened : List.of("java.util", "java.util.concurrent", "java.security", "java.lang")) {
            arguments.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        arguments.addAll(List.of(
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpicocli.disable.closures=true",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-cp",
                distribution.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                "start",
                "--optimized",
                "--import-realm",
                "--http-enabled=true",
                "--hostname=" + settings.keycloakUrl(),
                "--http-host=127.0.0.1",
                "--http-port=" + settings.port(Port.KEYCLOAK),
                "--cache=local"));
        progress.step("keycloak", "starting on " + settings.keycloakUrl());
        server().start(
                        arguments,
                        Map.of(
                                "KC_BOOTSTRAP_ADMIN_USERNAME",
                                "administrator",
                                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                                PrivateFile.secret(settings.secrets().resolve("keycloak-administrator"))));
    }

    @Override
    public void awaitReadiness() {
        server().await(Duration.ofSeconds(240), this::healthy, log);
        progress.step("keycloak", "ready: " + settings.issuerUrl());
    }

    @Override
    public boolean healthy() {
        return PortCheck.answers(settings.port(Port.KEYCLOAK))
                && REALMS.stream()
                        .allMatch(realm -> JavaServer.status(settings.keycloakUrl() + "/realms/" + realm
                                        + "/.well-known/openid-configuration")
                                == 200);
    }

    @Override
    public String address() {
        return settings.issuerUrl();
    }

    /** Keycloak keeps its state beside its programs: so its home is ours, and only the programs are links. */
    private void link(Path distribution) {
        PrivateFile.directory(home.resolve("data/import"));
        try {
            for (String name : List.of("bin", "conf", "lib", "providers", "themes", "version.txt")) {
                Path link = home.resolve(name);
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, distribution.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Realms are imported into an empty database only; when their files change the demo's database is made anew. */
    private void realms() {
        StringBuilder all = new StringBuilder();
        for (String realm : REALMS) {
            String content = Build.text("keycloak/" + realm + "-realm.json")
                    .replace("${keycloak.url}", settings.keycloakUrl())
                    .replace("${portal.url}", settings.portalUrl())
                    .replace("${portal.secret}", portalSecret(settings))
                    .replace("${api.secret}", apiSecret(settings));
            PrivateFile.write(home.resolve("data/import/" + realm + "-realm.json"), content);
            all.append(content);
        }
        String digest = Directories.digest(
                new java.io.ByteArrayInputStream(all.toString().getBytes(StandardCharsets.UTF_8)));
        Path stamp = home.resolve("realms.digest");
        if (!PrivateFile.secret(stamp, digest).equals(digest)) {
            progress.step("keycloak", "the realms changed: making its database anew");
            Directories.delete(home.resolve("data/h2"));
            PrivateFile.write(stamp, digest);
        }
    }

    /** The gateway's own client, as which it asks whether tokens still hold. */
    static String apiSecret(Settings settings) {
        return PrivateFile.secret(settings.secrets().resolve("api-client"));
    }

    static String portalSecret(Settings settings) {
        return PrivateFile.secret(settings.secrets().resolve("portal-client"));
    }
}
