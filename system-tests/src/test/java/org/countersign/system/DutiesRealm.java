package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an administrator of the identity provider could get wrong, done on purpose. */
final class DutiesRealm {
    private DutiesRealm() {}

    /** A person with a password of the demo's form, a number only administrators give, and realm roles. */
    static void person(Gateway gateway, String name, String employeeNumber, String... realmRoles) {
        var admin = administrator(gateway);
        assertThat(admin.post("users", """
                        {"username":"%1$s","enabled":true,"email":"%1$s@example.org","emailVerified":true,
                         "firstName":"%1$s","lastName":"Test","attributes":{"employeeNumber":["%2$s"]},
                         "credentials":[{"type":"password","value":"%1$s-demo","temporary":false}]}
                        """.formatted(name, employeeNumber)).status())
                .isEqualTo(201);
        JsonNode user = admin.read("users?exact=true&username=" + name).json().get(0);
        give(admin, user, realmRoles);
    }

    private static Api administrator(Gateway gateway) {
        String token = new TestClients(gateway).administratorToken();
        return new Api(gateway.issuer().replace("/realms/", "/admin/realms/") + "/", token);
    }

    private static void give(Api admin, JsonNode user, String... realmRoles) {
        String roles = Stream.of(realmRoles)
                .map(role -> admin.read("roles/" + role).body())
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(admin.post("users/" + user.required("id").asText() + "/role-mappings/realm", roles)
                        .status())
                .isEqualTo(204);
    }

    /** A token of a service account, owned by frank, that was given realm roles of people. */
    static String serviceAccountToken(Gateway gateway, String client, String... realmRoles) {
        var admin = administrator(gateway);
        assertThat(admin.post("clients", """
                        {"clientId":"%1$s","secret":"%1$s-demo","protocol":"openid-connect","publicClient":false,
                         "serviceAccountsEnabled":true,"standardFlowEnabled":false,"protocolMappers":[
                         {"name":"audience","protocol":"openid-connect","protocolMapper":"oidc-audience-mapper",
                          "config":{"included.custom.audience":"countersign-api","access.token.claim":"true"}},
                         {"name":"owner","protocol":"openid-connect","protocolMapper":"oidc-hardcoded-claim-mapper",
                          "config":{"claim.name":"owner","claim.value":"frank","jsonType.label":"String",
                                    "access.token.claim":"true"}}]}
                        """.formatted(client)).status()).isIn(201, 409);
        JsonNode found = admin.read("clients?clientId=" + client).json().get(0);
        JsonNode user = admin.read("clients/" + found.required("id").asText() + "/service-account-user")
                .json();
        give(admin, user, realmRoles);
        return gateway.tokens().ofAgent(client);
    }
}
