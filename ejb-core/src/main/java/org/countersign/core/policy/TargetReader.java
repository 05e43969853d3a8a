package org.countersign.core.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.policy.TargetPolicy.Credential;
import org.countersign.model.policy.TargetPolicy.Owners;
import org.countersign.model.port.SessionGrant.PasswordUse;
import org.countersign.model.port.SessionGrant.TlsMode;

/** Reads {@code Target}. */
final class TargetReader implements SpecReader {
    private static final List<String> PROTOCOLS = List.of("postgresql");
    private static final List<String> TLS =
            List.of(TlsMode.values()).stream().map(TlsMode::label).toList();
    private static final List<String> USES =
            List.of(PasswordUse.values()).stream().map(PasswordUse::label).toList();
    private static final int MAX_PORT = 65_535;

    private record Address(String host, int port) {}

    @Override
    public Supplier<Manifest.Spec> read(String name, Fields metadata, Value value) {
        Map<String, String> labels = metadata.optional("labels", TargetReader::labels, Map.of());
        Fields spec = value.fields("protocol", "address", "database", "tls", "credential", "credentials", "owner");
        String protocol = spec.required("protocol", at -> at.choice(PROTOCOLS), "");
        Address address = spec.required("address", TargetReader::address, new Address("", 0));
        String database = spec.required("database", Value::text, "");
        String tls = spec.optional("tls", at -> at.choice(TLS), TlsMode.VERIFY_FULL.label());
        List<Credential> credentials = credentials(value, spec);
        Owners owners = spec.optional("owner", TargetReader::owners, Owners.NOBODY);
        return () -> new Manifest.Spec.OfTarget(new TargetPolicy(
                name,
                labels,
                protocol,
                address.host,
                address.port,
                database,
                tls,
                credentials,
                Map.of(),
                Set.of(),
                Set.of(),
                owners));
    }

    private static Owners owners(Value value) {
        Fields fields = value.fields("users", "groups");
        var users = new HashSet<String>();
        fields.optional("users", Value::texts, Set.<String>of())
                .forEach(user -> users.add(user.toLowerCase(Locale.ROOT)));
        var owners = new Owners(users, fields.optional("groups", Value::texts, Set.of()));
        if (owners.users().isEmpty() && owners.groups().isEmpty()) {
            value.problem("nobody would own it: name users or groups");
        }
        return owners;
    }

    static Map<String, String> labels(Value value) {
        var labels = new HashMap<String, String>();
        value.entries().forEach((key, label) -> labels.put(key, label.text()));
        return labels;
    }

    private static Address address(Value value) {
        String text = value.text();
        int colon = text.lastIndexOf(':');
        String host = colon > 0 ? text.substring(0, colon) : "";
        String port = text.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isBlank() || (host.contains(":") && !bracketed) || !port.matches("\\d{1,5}")) {
            value.problem("expected host:port, an IPv6 address in brackets");
            return new Address("", 0);
        }
        int number = Integer.parseInt(port);
        if (number < 1 || number > MAX_PORT) {
            value.problem("the port is " + number + ", allowed are 1 to " + MAX_PORT);
        }
        return new Address(bracketed ? host.substring(1, host.length() - 1) : host, number);
    }

    private static List<Credential> credentials(Value value, Fields spec) {
        if (spec.has("credential") == spec.has("credentials")) {
            value.problem("exactly one of the keys credential and credentials is needed");
        }
        if (spec.has("credential")) {
            return List.of(spec.required("credential", at -> credential(at, false), new Credential("", "", Set.of())));
        }
        return spec.optional("credentials", TargetReader::inOrder, List.of());
    }

    private static List<Credential> inOrder(Value value) {
        List<Value> items = value.items();
        List<Credential> credentials =
                items.stream().map(item -> credential(item, true)).toList();
        if (credentials.isEmpty()) {
            value.problem("expected at least one credential");
        }
        for (int i = 0; i + 1 < credentials.size(); i++) {
            if (credentials.get(i).roles().isEmpty()) {
                items.get(i).problem("only the last credential may be without roles: it serves everybody");
            }
        }
        return credentials;
    }

    private static Credential credential(Value value, boolean listed) {
        Fields fields = listed
                ? value.fields("username", "secret", "authentication", "roles")
                : value.fields("username", "secret", "authentication");
        String username = fields.required("username", Value::text, "");
        // the value is not repeated in the problem: it may be the password itself
        String secret = fields.required(
                "secret",
                at -> at.matching("env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*", "env:NAME or file:PATH, never the secret"),
                "");
        String authentication =
                fields.optional("authentication", at -> at.choice(USES), PasswordUse.SCRAM_SHA_256.label());
        return new Credential(
                username, secret, authentication, fields.optional("roles", TargetReader::roles, Set.of()));
    }

    private static Set<String> roles(Value value) {
        value.items()
                .forEach(item -> item.reading().reference(item.node(), item.path(), ManifestKind.ROLE, item.text()));
        return value.texts();
    }
}
