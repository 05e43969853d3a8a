package org.countersign.portal.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.countersign.portal.agent.AgentsPresenter.Form;
import org.junit.jupiter.api.Test;

class RegistrationTextTest {
    @Test
    void writesTheManifest() {
        assertThat(RegistrationText.of(new Form(
                        "Orders_Agent", "alice", "assistant", "It's for orders.", "o@shop.example", "a, b", "")))
                .isEqualTo("""
                        apiVersion: countersign/v1
                        kind: Agent
                        metadata: {name: 'orders-agent'}
                        spec:
                          client: 'Orders_Agent'
                          owner: 'alice'
                          class: 'assistant'
                          purpose: 'It''s for orders.'
                          contact: 'o@shop.example'
                          roles: ['a', 'b']
                        """);
    }

    @Test
    void nothingTypedBecomesYamlOfItsOwn() {
        String yaml = RegistrationText.of(
                new Form("x", "a'\n---\nkind: Role", "c", "p\u2028q\u0085", "c", "r']\n  owner: 'eve", "2027-01-31"));

        assertThat(yaml.lines()).hasSize(11);
        assertThat(yaml).contains("owner: 'a'' --- kind: Role'").contains("roles: ['r'']', 'owner:', '''eve']");
    }
}
