package org.countersign.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** WildFly with the EAR: the gateway itself. */
final class GatewayPart extends JavaPart {

    private static final long STOP_SECONDS = 40;
    private static final String EAR = "countersign.ear";

    private final Settings settings;
    private final Progress progress;
    private final Path base;
    private final Path log;

    GatewayPart(Settings settings, Progress progress) {
        super(
                "gateway",
                new JavaServer(
                        "the gateway",
                        "-Djboss.server.base.dir=" + base(settings),
                        settings.run().resolve("gateway.pid"),
                        settings.logs().resolve("gateway-console.log")),
                STOP_SECONDS);
        this.settings = settings;
        this.progress = progress;
        this.base = base(settings);
        this.log = settings.logs().resolve("gateway.log");
    }

    private static Path base(Settings settings) {
        return settings.home().resolve("wildfly");
    }

    @Override
    public void start() {
        if (!Files.isRegularFile(Build.ear())) {
            throw new LaunchException("the application is not built: " + Build.ear() + " is missing");
        }
        Path distribution = Distribution.wildfly(progress);
        layOut(distribution);
        progress.step("gateway", "starting WildFly");
        server().start(arguments(distribution), environment());
    }

    @Override
    public void awaitReadiness() {
        server().await(Duration.ofSeconds(300), this::ready, log);
        progress.step("gateway", "ready: " + settings.portalUrl());
    }

    @Override
    public boolean healthy() {
        return PortCheck.answers(settings.port(Port.POSTGRES))
                && JavaServer.status(settings.portalUrl() + "/api/v1/whoami") == 401;
    }

    @Override
    public String address() {
        return settings.portalUrl();
    }

    /** The scanner's marker file is the earliest news of a deployment that failed. */
    private boolean ready() {
        Path failed = base.resolve("deployments").resolve(EAR + ".failed");
        if (Files.exists(failed)) {
            throw new LaunchException(
                    "the application was not deployed:\n" + JavaServer.tail(failed) + JavaServer.tail(log));
        }
        return healthy();
    }

    private void layOut(Path distribution) {
        try {
            Path configuration = PrivateFile.directory(base).resolve("configuration");
            String origin = distribution.getFileName() + "";
            Path stamp = base.resolve("configuration.origin");
            if (!Files.isDirectory(configuration)
                    || !PrivateFile.secret(stamp, origin).equals(origin)) {
                Directories.delete(configuration);
                Directories.copy(distribution.resolve("standalone/configuration"), configuration);
                PrivateFile.write(stamp, origin);
            }
            deploy();
            Directories.delete(base.resolve("data/content"));
            Directories.delete(base.resolve("tmp"));
            PrivateFile.directory(base.resolve("java-tmp"));
            PrivateFile.directory(settings.journal());
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deploy() throws IOException {
        Path deployments = PrivateFile.directory(base.resolve("deployments"));
        for (String marker : List.of("deployed", "failed", "isdeploying", "undeployed", "pending")) {
            Files.deleteIfExists(deployments.resolve(EAR + "." + marker));
        }
        String digest = Directories.digest(Files.newInputStream(Build.ear()));
        Path stamp = base.resolve("ear.digest");
        Path ear = deployments.resolve(EAR);
        if (!Files.exists(ear) || !PrivateFile.secret(stamp, digest).equals(digest)) {
            Files.copy(Build.ear(), ear, StandardCopyOption.REPLACE_EXISTING);
            PrivateFile.write(stamp, digest);
        }
    }

    private List<String> arguments(Path distribution) {
        List<String> arguments = new ArrayList<>(List.of(
                "-Xms512m",
                "-Xmx1g",
                "-XX:InitiatingHeapOccupancyPercent=60", // what always lives would keep the collector marking
                "-XX:MaxMetaspaceSize=512m",
                "-Djava.net.preferIPv4Stack=true",
                "-Dio.netty.leakDetection.level=disabled",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + base.resolve("java-tmp"),
                "-Djboss.modules.system.pkgs=org.jboss.byteman",
                "-Djboss.home.dir=" + distribution,
                "-Djboss.server.log.dir=" + settings.logs(),
                "-Djboss.socket.binding.port-offset=" + settings.offset(),
                "-Dcountersign.desk.pool=" + Math.max(64, Runtime.getRuntime().availableProcessors() * 4),
                "--enable-native-access=ALL-UNNAMED",
                "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
                "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
                "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
                "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
                "--add-opens=java.management/javax.management=ALL-UNNAMED",
                "--add-opens=java.naming/javax.naming=ALL-UNNAMED"));
        for (String opened : List.of(
                "java.io",
                "java.lang",
                "java.lang.invoke",
                "java.lang.reflect",
                "java.net",
                "java.security",
                "java.util",
                "java.util.concurrent")) {
            arguments.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        arguments.addAll(List.of(
                "-jar",
                distribution.resolve("jboss-modules.jar").toString(),
                "-mp",
                distribution.resolve("modules").toString(),
                "org.jboss.as.standalone",
                "--read-only-server-config=standalone.xml"));
        return arguments;
    }

    private Map<String, String> environment() {
        Settings.ExternalStore store = settings.store().orElseGet(() -> StorePart.store(settings));
        ListenerKeys keys = ListenerKeys.of(settings);
        Map<String, String> environment = new HashMap<>();
        environment.put("COUNTERSIGN_HOME", settings.home().toString());
        environment.put("COUNTERSIGN_JOURNAL_DIR", settings.journal().toString());
        environment.put("COUNTERSIGN_BIND", settings.bind());
        environment.put("COUNTERSIGN_POSTGRES_PORT", Integer.toString(settings.port(Port.POSTGRES)));
        // tokens are passwords: outside the demo they never travel in clear unless somebody says so
        environment.put(
                "COUNTERSIGN_REQUIRE_TLS",
                System.getenv().getOrDefault("COUNTERSIGN_REQUIRE_TLS", Boolean.toString(!settings.demo())));
        environment.put("COUNTERSIGN_TLS_KEYSTORE", keys.keystore().toString());
        environment.put("COUNTERSIGN_TLS_KEYSTORE_PASSWORD", keys.password());
        environment.put("COUNTERSIGN_PORTAL_URL", settings.portalUrl());
        environment.put("COUNTERSIGN_PORTAL_CLIENT_SECRET", KeycloakPart.portalSecret(settings));
        environment.put("COUNTERSIGN_OIDC_ISSUER", settings.issuerUrl());
        environment.put(
                "COUNTERSIGN_OIDC_AUDIENCE",
                System.getenv().getOrDefault("COUNTERSIGN_OIDC_AUDIENCE", "countersign-api"));
        if (settings.issuer().isEmpty()) {
            environment.put(
                    "COUNTERSIGN_INTROSPECTION_SECRET",
                    System.getenv().getOrDefault("COUNTERSIGN_INTROSPECTION_SECRET", KeycloakPart.apiSecret(settings)));
        }
        environment.put("COUNTERSIGN_SESSION_GRACE", System.getenv().getOrDefault("COUNTERSIGN_SESSION_GRACE", "PT5M"));
        environment.put("COUNTERSIGN_DB_URL", store.url());
        environment.put("COUNTERSIGN_DB_USER", store.user());
        environment.put("COUNTERSIGN_DB_PASSWORD", store.password());
        if (settings.demo()) {
            environment.put("SHOP_PASSWORD", DemoTargetPart.password(settings));
        }
        Bootstrap.manifests(settings).ifPresent(path -> environment.put("COUNTERSIGN_BOOTSTRAP", path.toString()));
        return environment;
    }
}
