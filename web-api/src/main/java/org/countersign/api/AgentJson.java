package org.countersign.api;

import jakarta.json.JsonObject;
import java.util.List;
import org.countersign.core.agent.AgentView;
import org.countersign.core.agent.UnusedPermission;
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
                        registration.flatMap(AgentRegistration::registeredBy).map(Person::name))
                .text(
                        "changedBy",
                        registration.flatMap(AgentRegistration::changedBy).map(Person::name))
                .texts("roles", agent.roles())
                .time("expiresAt", registration.flatMap(AgentRegistration::expiresAt))
                .time("lastSeenAt", agent.lastSeen())
                .time("secretSince", agent.secret().since())
                .flag("secretIsOld", agent.secret().old())
                .text("rotatedBy", agent.secret().rotatedBy())
                .time("unusedSince", agent.unused().map(AgentView.Unused::since))
                .each(
                        "unused",
                        agent.unused().map(AgentView.Unused::permissions).orElse(List.of()),
                        AgentJson::of)
                .text("suspendedBy", agent.suspension().map(suspension -> suspension.suspendedBy()))
                .json();
    }

    private static JsonObject of(UnusedPermission permission) {
        return new Fields()
                .text("role", permission.role())
                .texts("targets", permission.targets())
                .text("action", permission.action())
                .text("resource", permission.resource())
                .json();
    }
}
