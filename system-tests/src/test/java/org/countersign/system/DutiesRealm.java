package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an administrator of the identity provider could get wrong, done on purpose. */
final class DutiesRealm {
    private DutiesRealm() {}

    /** A token of a service account, owned by frank, that was given realm roles of people. */
    static String serviceAccountToken(Gateway gateway, String client, String... realmRoles) {
        String administrator = new TestClients(gateway).administratorToken();
        var admin = new Api(gateway.issuer().replace("/realms/", "/admin/realms/") + "/", administrator);
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
        String roles = Stream.of(realmRoles)
                .map(role -> admin.read("roles/" + role).body())
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(admin.post("users/" + user.required("id").asText() + "/role-mappings/realm", roles)
                        .status())
                .isEqualTo(204);
        return gateway.tokens().ofAgent(client);
    }
}
