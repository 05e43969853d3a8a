package org.countersign.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

class PrincipalJsonTest {
    @Test
    void bringsBackExactlyWhatItWrote() {
        Principal principal = new Principal(
                "issuer",
                "subject",
                "orders-\"agent\"\u202e",
                true,
                Optional.of(new Person("issuer", "alice")),
                Optional.of(new Person("issuer", "bob")),
                List.of(new Actor("s1", "n1"), new Actor("s2", "n2")),
                Set.of("approver", "x"),
                Set.of("/group"),
                "orders-agent",
                Optional.of("task"));

        assertThat(PrincipalJson.parse(PrincipalJson.of(principal))).isEqualTo(principal);
    }
}
