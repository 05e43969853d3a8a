package org.countersign.portal.agent;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.countersign.portal.agent.AgentsPresenter.Form;

/** The manifest of a form. Every value is quoted, so nothing that is typed becomes YAML of its own. */
final class RegistrationText {
    private RegistrationText() {}

    static String of(Form form) {
        String roles = Arrays.stream(form.roles().split("[,\\s]+"))
                .filter(role -> !role.isEmpty())
                .map(RegistrationText::quoted)
                .collect(Collectors.joining(", ", "[", "]"));
        var yaml = new StringBuilder("apiVersion: countersign/v1\nkind: Agent\n")
                .append("metadata: {name: ")
                .append(quoted(name(form.client())))
                .append("}\nspec:\n");
        line(yaml, "client", form.client().strip());
        line(yaml, "owner", form.owner().strip());
        line(yaml, "class", form.agentClass().strip());
        line(yaml, "purpose", form.purpose().strip());
        line(yaml, "contact", form.contact().strip());
        yaml.append("  roles: ").append(roles).append('\n');
        if (!form.expires().isBlank()) {
            line(yaml, "expires", form.expires().strip());
        }
        return yaml.toString();
    }

    /** Client ids may have characters that names of manifests must not. */
    private static String name(String client) {
        return client.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
    }

    private static void line(StringBuilder yaml, String key, String value) {
        yaml.append("  ").append(key).append(": ").append(quoted(value)).append('\n');
    }

    private static String quoted(String value) {
        return "'"
                + value.replaceAll("[\\p{Cntrl}\u2028\u2029\u0085\uFEFF]", " ").replace("'", "''") + "'";
    }
}
