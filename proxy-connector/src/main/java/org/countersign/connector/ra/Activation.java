package org.countersign.connector.ra;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ResourceAdapter;
import org.jspecify.annotations.Nullable;

/** What the three activation specs share: the adapter they belong to. */
abstract sealed class Activation implements ActivationSpec
        permits AccessActivation, CommandActivation, ApprovalActivation {
    private @Nullable ResourceAdapter adapter;

    @Override
    public void validate() {
        // nothing is required
    }

    @Override
    public @Nullable ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter resourceAdapter) throws ResourceException {
        if (adapter != null && !adapter.equals(resourceAdapter)) {
            throw new ResourceException("an activation belongs to one resource adapter");
        }
        adapter = resourceAdapter;
    }
}
