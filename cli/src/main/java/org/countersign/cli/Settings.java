package org.countersign.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where everything is.
 *
 * @param home the state directory
 * @param gateway address of the portal, without a slash at the end; the REST interface is below it
 * @param issuer the OIDC issuer, without a slash at the end
 */
record Settings(Path home, URI gateway, URI issuer) {
    private static final int PORTAL_PORT = 8080;
    private static final int KEYCLOAK_PORT = 8180;
    private static final int MAX_OFFSET = 40_000;

    static Settings of(Map<String, String> environment) throws Failure {
        int offset = offset(environment.getOrDefault("COUNTERSIGN_PORT_OFFSET", ""));
        return new Settings(
                Path.of(environment.getOrDefault("COUNTERSIGN_HOME", ".countersign")),
                address(environment, "COUNTERSIGN_URL", "http://localhost:" + (PORTAL_PORT + offset)),
                address(
                        environment,
                        "COUNTERSIGN_OIDC_ISSUER",
                        "http://localhost:" + (KEYCLOAK_PORT + offset) + "/realms/countersign"));
    }

    private static int offset(String text) throws Failure {
        if (text.isBlank()) {
            return 0;
        }
        try {
            int offset = Integer.parseInt(text.trim());
            if (offset >= 0 && offset <= MAX_OFFSET) {
                return offset;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw Failure.usage("COUNTERSIGN_PORT_OFFSET must be a number from 0 to " + MAX_OFFSET);
    }

    private static URI address(Map<String, String> environment, String name, String otherwise) throws Failure {
        String text = environment.getOrDefault(name, "");
        String address = text.isBlank() ? otherwise : text.trim().replaceAll("/+$", "");
        try {
            URI uri = new URI(address);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw Failure.usage(name + " must be an http or https address without user and password");
    }
}
