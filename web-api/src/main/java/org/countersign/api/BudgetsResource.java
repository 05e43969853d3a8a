package org.countersign.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.budget.BudgetService;
import org.countersign.core.budget.BudgetView;
import org.countersign.model.policy.Usage;

/** What is used of the budgets. They are written in roles. */
@Path("budgets")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class BudgetsResource {
    @Inject
    BudgetService budgets;

    @Inject
    CurrentCaller caller;

    @GET
    public String list(@Context UriInfo uri) {
        new Query(uri.getQueryParameters(), Set.of()).check();
        return new Fields()
                .each("items", budgets.list(caller.verified()), BudgetsResource::json)
                .json()
                .toString();
    }

    private static JsonObject json(BudgetView view) {
        Usage most = view.budget().most();
        return new Fields()
                .text("principal", view.principal())
                .text("role", view.budget().role())
                .text("per", view.budget().per().label())
                .text("period", view.period())
                .text("exceeding", view.budget().approval().isPresent() ? "approve" : "deny")
                .number("percent", view.percent())
                .time("startsAnewAt", view.startsAnewAt())
                .value("rows", both(view.used().rows(), most.rows()))
                .value("bytes", both(view.used().bytes(), most.bytes()))
                .value("commands", both(view.used().commands(), most.commands()))
                .value("writes", both(view.used().writes(), most.writes()))
                .json();
    }

    private static JsonObject both(long used, long most) {
        return new Fields()
                .number("used", used)
                .number("most", most == Usage.UNLIMITED ? Optional.empty() : Optional.of(most))
                .json();
    }
}
