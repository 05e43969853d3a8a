package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** Clients that only tests need, added to the demo realm by its administrator. */
final class TestClients {
    private final Gateway gateway;

    TestClients(Gateway gateway) {
        this.gateway = gateway;
    }

    /** {@code elsewhere-agent}: its tokens are for another audience. {@code brief-agent}: its tokens live five seconds. */
    void create() {
        var admin = new Api(keycloak() + "/admin/realms/countersign/", administratorToken());
        created(admin.post("clients", client("elsewhere-agent", "", audience("another-api"))));
        created(admin.post(
                "clients",
                client(
                        "brief-agent",
                        "\"attributes\":{\"access.token.lifespan\":\"5\"},",
                        audience("countersign-api"))));
        created(admin.post("clients", client("ownerless-agent", "", audience("countersign-api"), "")));
    }

    /** A token of the master realm, which is not ours. */
    String administratorToken() {
        return new Tokens(keycloak() + "/realms/master")
                .answer(Map.of(
                        "grant_type", "password",
                        "client_id", "admin-cli",
                        "username", "administrator",
                        "password", administratorPassword()))
                .required("access_token")
                .asText();
    }

    private String administratorPassword() {
        try {
            return Files.readString(gateway.home().resolve("secrets/keycloak-administrator"))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String keycloak() {
        return gateway.issuer().replaceFirst("/realms/.*", "");
    }

    private static void created(Api.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static String client(String name, String more, String audience) {
        return client(name, more, audience, """
                ,{"name":"owner","protocol":"openid-connect","protocolMapper":"oidc-hardcoded-claim-mapper",
                  "config":{"claim.name":"owner","claim.value":"frank","jsonType.label":"String","access.token.claim":"true"}}
                """);
    }

    private static String client(String name, String more, String audience, String owner) {
        return """
                {"clientId":"%1$s","secret":"%1$s-demo","protocol":"openid-connect","publicClient":false,
                 "serviceAccountsEnabled":true,"standardFlowEnabled":false,%2$s
                 "protocolMappers":[%3$s%4$s]}
                """.formatted(name, more, audience, owner);
    }

    private static String audience(String audience) {
        return """
                {"name":"audience","protocol":"openid-connect","protocolMapper":"oidc-audience-mapper",
                 "config":{"included.custom.audience":"%s","access.token.claim":"true"}}
                """.formatted(audience);
    }
}
