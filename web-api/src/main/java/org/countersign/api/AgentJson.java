package org.countersign.api;

import jakarta.json.JsonObject;
import org.countersign.core.agent.AgentView;
import org.countersign.model.policy.AgentRegistration;
import org.countersign.model.session.Person;

/** An agent. */
final class AgentJson {
    private AgentJson() {}

    static JsonObject of(AgentView agent) {
        var registration = agent.registration();
        return new Fields()
                .text("client", agent.client())
                .text("state", Query.label(agent.state()))
                .text("owner", registration.map(AgentRegistration::owner).or(agent::owner))
                .text("tokenOwner", agent.owner())
                .text("class", registration.map(AgentRegistration::agentClass))
                .text("purpose", registration.map(AgentRegistration::purpose))
                .text("contact", registration.map(AgentRegistration::contact))
                .text(
                        "registeredBy",
                        registration.flatMap(AgentRegistration::changedBy).map(Person::name))
                .texts("roles", agent.roles())
                .time("expiresAt", registration.flatMap(AgentRegistration::expiresAt))
                .time("lastSeenAt", agent.lastSeen())
                .text("suspendedBy", agent.suspension().map(suspension -> suspension.suspendedBy()))
                .json();
    }
}
