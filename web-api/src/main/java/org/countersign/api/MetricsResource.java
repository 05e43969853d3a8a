package org.countersign.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import org.countersign.core.identity.Caller;

/** What this node counts, for Prometheus; it says nothing about single people, but for administrators and auditors only. */
@Path("metrics")
@RequestScoped
public class MetricsResource {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Inject
    CurrentCaller caller;

    @GET
    @Produces(MetricsText.TYPE)
    public String all() {
        Caller who = caller.verified();
        if (!who.has("admin") && !who.has("auditor")) {
            throw new ProblemException(
                    Problem.of(ProblemType.NOT_ALLOWED, "Only administrators and auditors may read the metrics."));
        }
        return MetricsText.of(server);
    }
}
