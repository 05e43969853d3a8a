package org.countersign.system;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Opens on the running WildFly what Arquillian asks a server through and the product leaves closed. */
final class RemoteJmx implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (RunningGateway.inContainer()) {
            return;
        }
        Management.run(
                "if (outcome != success) of /subsystem=jmx/remoting-connector=jmx:read-resource",
                "/subsystem=jmx/remoting-connector=jmx:add(use-management-endpoint=true)",
                "end-if");
    }
}
