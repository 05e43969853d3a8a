package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
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
        give(admin, user(admin, name), realmRoles);
    }

    /** Gives a person realm roles more. */
    static void give(Gateway gateway, String name, String... realmRoles) {
        var admin = administrator(gateway);
        give(admin, user(admin, name), realmRoles);
    }

    /** Takes realm roles away from a person. */
    static void withdraw(Gateway gateway, String name, String... realmRoles) {
        var admin = administrator(gateway);
        String path = "users/" + user(admin, name).required("id").asText() + "/role-mappings/realm";
        assertThat(admin.send("DELETE", path, "application/json", representations(admin, realmRoles))
                        .status())
                .isEqualTo(204);
    }

    static void disable(Gateway gateway, String name) {
        var admin = administrator(gateway);
        JsonNode user = user(admin, name);
        ((ObjectNode) user).put("enabled", false);
        assertThat(admin.send("PUT", "users/" + user.required("id").asText(), "application/json", user.toString())
                        .status())
                .isEqualTo(204);
    }

    private static JsonNode user(Api admin, String name) {
        return admin.read("users?exact=true&username=" + name).json().get(0);
    }

    /** A person's account: passwords are of the demo's form. */
    record Account(String name, String employeeNumber, Set<String> realmRoles, Set<String> groups) {
        private String json() {
            return """
                    {"username":"%1$s","enabled":true,"email":"%1$s@example.org","emailVerified":true,
                     "firstName":"%1$s","lastName":"Test","attributes":{"employeeNumber":["%2$s"]},
                     "realmRoles":[%3$s],"groups":[%4$s],
                     "credentials":[{"type":"password","value":"%1$s-demo","temporary":false}]}
                    """.formatted(name, employeeNumber, quoted("", realmRoles), quoted("/", groups));
        }

        private static String quoted(String before, Set<String> names) {
            return names.stream().map(name -> '"' + before + name + '"').collect(Collectors.joining(","));
        }
    }

    /** Many accounts at once, and the groups they are in. */
    static void people(Gateway gateway, List<Account> accounts, String... groups) {
        var admin = administrator(gateway);
        for (String group : groups) {
            assertThat(admin.post("groups", "{\"name\":\"" + group + "\"}").status())
                    .isEqualTo(201);
        }
        Api.Answer imported = admin.post(
                "partialImport",
                accounts.stream()
                        .map(Account::json)
                        .collect(Collectors.joining(",", "{\"ifResourceExists\":\"FAIL\",\"users\":[", "]}")));
        assertThat(imported.status()).as(imported.body()).isEqualTo(200);
    }

    /** Gives an account these of some realm roles and groups, and none of the others. */
    static void become(Gateway gateway, String name, Set<String> some, Set<String> roles, Set<String> groups) {
        var admin = administrator(gateway);
        JsonNode user = admin.read("users?exact=true&username=" + name).json().get(0);
        String path = "users/" + user.required("id").asText();
        for (String role : some) {
            String body = "[" + admin.read("roles/" + role).body() + "]";
            assertThat(admin.send(
                                    roles.contains(role) ? "POST" : "DELETE",
                                    path + "/role-mappings/realm",
                                    "application/json",
                                    body)
                            .status())
                    .isEqualTo(204);
        }
        for (String group : groups) {
            String id = admin.read("groups?exact=true&search=" + group)
                    .json()
                    .get(0)
                    .required("id")
                    .asText();
            assertThat(admin.send("PUT", path + "/groups/" + id, "application/json", "")
                            .status())
                    .isEqualTo(204);
        }
    }

    private static Api administrator(Gateway gateway) {
        String token = new TestClients(gateway).administratorToken();
        return new Api(gateway.issuer().replace("/realms/", "/admin/realms/") + "/", token);
    }

    private static void give(Api admin, JsonNode user, String... realmRoles) {
        String path = "users/" + user.required("id").asText() + "/role-mappings/realm";
        assertThat(admin.post(path, representations(admin, realmRoles)).status())
                .isEqualTo(204);
    }

    private static String representations(Api admin, String... realmRoles) {
        return Stream.of(realmRoles)
                .map(role -> admin.read("roles/" + role).body())
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** A token of a program, owned by frank, that says in {@code act} through which other it acts. */
    static String subAgentToken(Gateway gateway, String client, String parent) {
        assertThat(administrator(gateway)
                        .post("clients", """
                        {"clientId":"%1$s","secret":"%1$s-demo","protocol":"openid-connect","publicClient":false,
                         "serviceAccountsEnabled":true,"standardFlowEnabled":false,"protocolMappers":[
                         {"name":"audience","protocol":"openid-connect","protocolMapper":"oidc-audience-mapper",
                          "config":{"included.custom.audience":"countersign-api","access.token.claim":"true"}},
                         {"name":"owner","protocol":"openid-connect","protocolMapper":"oidc-hardcoded-claim-mapper",
                          "config":{"claim.name":"owner","claim.value":"frank","jsonType.label":"String",
                                    "access.token.claim":"true"}},
                         {"name":"act","protocol":"openid-connect","protocolMapper":"oidc-hardcoded-claim-mapper",
                          "config":{"claim.name":"act","jsonType.label":"JSON","access.token.claim":"true",
                                    "claim.value":"{\\"sub\\":\\"%2$s\\",\\"client_id\\":\\"%2$s\\"}"}}]}
                        """.formatted(client, parent))
                        .status())
                .isEqualTo(201);
        return gateway.tokens().ofAgent(client);
    }

    /** A token of a service account, owned by frank, that was given realm roles of people. */
    static String serviceAccountToken(Gateway gateway, String client, String... realmRoles) {
        agent(gateway, client, "frank", realmRoles);
        return gateway.tokens().ofAgent(client);
    }

    /** Gives an agent another owner. */
    static void owner(Gateway gateway, String client, String owner) {
        var admin = administrator(gateway);
        JsonNode found = admin.read("clients?clientId=" + client).json().get(0);
        String mappers = "clients/" + found.required("id").asText() + "/protocol-mappers/models";
        for (JsonNode mapper : admin.read(mappers).json()) {
            if (mapper.required("name").asText().equals("owner")) {
                String changed = mapper.toString()
                        .replaceFirst("\"claim.value\":\"[^\"]*\"", "\"claim.value\":\"" + owner + "\"");
                assertThat(admin.send(
                                        "PUT",
                                        mappers + "/" + mapper.required("id").asText(),
                                        "application/json",
                                        changed)
                                .status())
                        .isEqualTo(204);
            }
        }
    }

    /** A client with a service account that has realm roles of people; it takes passwords of people, too. */
    static void agent(Gateway gateway, String client, String owner, String... realmRoles) {
        var admin = administrator(gateway);
        assertThat(admin.post("clients", """
                        {"clientId":"%1$s","secret":"%1$s-demo","protocol":"openid-connect","publicClient":false,
                         "serviceAccountsEnabled":true,"directAccessGrantsEnabled":true,"standardFlowEnabled":false,
                         "protocolMappers":[
                         {"name":"audience","protocol":"openid-connect","protocolMapper":"oidc-audience-mapper",
                          "config":{"included.custom.audience":"countersign-api","access.token.claim":"true"}},
                         {"name":"owner","protocol":"openid-connect","protocolMapper":"oidc-hardcoded-claim-mapper",
                          "config":{"claim.name":"owner","claim.value":"%2$s","jsonType.label":"String",
                                    "access.token.claim":"true"}}]}
                        """.formatted(client, owner)).status()).isIn(201, 409);
        JsonNode found = admin.read("clients?clientId=" + client).json().get(0);
        JsonNode user = admin.read("clients/" + found.required("id").asText() + "/service-account-user")
                .json();
        give(admin, user, realmRoles);
    }
}
