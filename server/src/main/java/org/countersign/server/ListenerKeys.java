package org.countersign.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The key and self-signed certificate of the listeners, until an administrator puts a better one there. */
record ListenerKeys(Path keystore, String password) {

    static ListenerKeys of(Settings settings) {
        String password = PrivateFile.secret(settings.secrets().resolve("listener-keystore"));
        Path keystore = PrivateFile.directory(settings.home().resolve("tls")).resolve("listener.p12");
        if (!Files.exists(keystore)) {
            generate(keystore, password);
        }
        return new ListenerKeys(keystore, password);
    }

    private static void generate(Path keystore, String password) {
        Path partial = keystore.resolveSibling("listener.p12.partial");
        ProcessBuilder keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "countersign",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost, O=Countersign",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "825",
                "-storetype",
                "PKCS12",
                "-storepass:env",
                "KEYSTORE_PASSWORD",
                "-keystore",
                partial.toString());
        keytool.environment().put("KEYSTORE_PASSWORD", password);
        keytool.redirectErrorStream(true);
        try {
            Files.deleteIfExists(partial);
            Process process = keytool.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!ChildProcesses.ended(process, 60) || process.exitValue() != 0) {
                throw new LaunchException("keytool failed: " + output);
            }
            Files.setPosixFilePermissions(
                    partial, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            Files.move(partial, keystore, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LaunchException("cannot make " + keystore + ": " + e.getMessage(), e);
        }
    }
}
