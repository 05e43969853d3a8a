package org.countersign.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A distribution unpacked and configured once; its directory is named after the digest of everything that went into it. */
final class Distribution {

    private static final long CONFIGURE_SECONDS = 300;

    private Distribution() {}

    /** WildFly with our configuration in place of the standard one. */
    static Path wildfly(Progress progress) {
        String digest = digest(
                Build.wildflyZip(), List.of("wildfly/configure.cli", "wildfly/postgresql-module.xml"), Build.pgjdbc());
        Path home = Build.dist().resolve("wildfly-" + digest);
        if (!Files.isDirectory(home)) {
            progress.step("gateway", "unpacking and configuring WildFly (once)");
        }
        return Directories.once(home, directory -> {
            Zip.unpack(Build.wildflyZip(), directory);
            Path module = Files.createDirectories(directory.resolve("modules/org/postgresql/main"));
            Files.write(module.resolve("module.xml"), Build.resource("wildfly/postgresql-module.xml"));
            Files.copy(Build.pgjdbc(), module.resolve("postgresql.jar"));
            Path script = Files.write(directory.resolve("configure.cli"), Build.resource("wildfly/configure.cli"));
            run(
                    directory,
                    "WildFly",
                    List.of(directory.resolve("bin/jboss-cli.sh").toString(), "--file=" + script));
            Directories.delete(directory.resolve("standalone/configuration/standalone_xml_history"));
            Directories.delete(directory.resolve("standalone/data"));
            Directories.delete(directory.resolve("standalone/log"));
            Directories.delete(directory.resolve("standalone/tmp"));
        });
    }

    /** Keycloak, optimized for its embedded database. */
    static Path keycloak(Progress progress) {
        Path home = Build.dist().resolve("keycloak-" + digest(Build.keycloakZip(), List.of(), Build.keycloakZip()));
        if (!Files.isDirectory(home)) {
            progress.step("keycloak", "unpacking and optimizing Keycloak (once)");
        }
        return Directories.once(home, directory -> {
            Zip.unpack(Build.keycloakZip(), directory);
            run(
                    directory,
                    "Keycloak",
                    List.of(
                            "bin/kc.sh",
                            "build",
                            "--db=dev-file",
                            "--health-enabled=false",
                            "--metrics-enabled=false"));
        });
    }

    /** The zip and the library count by name, which has the version, and size: reading 400 MB at every start is too slow. */
    private static String digest(Path zip, List<String> resources, Path library) {
        ByteArrayOutputStream inputs = new ByteArrayOutputStream();
        try {
            for (Path file : List.of(zip, library)) {
                if (!Files.isRegularFile(file)) {
                    throw new LaunchException(file + " is missing: build again (./countersign demo does)");
                }
                inputs.writeBytes(
                        (file.getFileName() + " " + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new LaunchException("cannot read " + zip + ": " + e.getMessage(), e);
        }
        resources.forEach(name -> inputs.writeBytes(Build.resource(name)));
        return Directories.digest(new ByteArrayInputStream(inputs.toByteArray()));
    }

    private static void run(Path directory, String name, List<String> command) throws IOException {
        Path log = directory.resolveSibling(name.toLowerCase(java.util.Locale.ROOT) + "-configuration.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("JAVA_OPTS");
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        Process process = ChildProcesses.start(builder, "TERM");
        if (!ChildProcesses.ended(process, CONFIGURE_SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new LaunchException("configuring " + name + " failed:\n" + JavaServer.tail(log));
        }
    }
}
