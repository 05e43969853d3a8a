package org.countersign.connector.ra;

import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.internal.InternalThreadLocalMap;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import javax.transaction.xa.XAResource;
import org.countersign.connector.session.Core;
import org.countersign.journal.Journal;
import org.countersign.journal.JournalLimits;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The connector inside the container: opens the listeners once all three desks can be asked and closes them when it
 * stops. Called by the container on any thread.
 */
public final class CountersignResourceAdapter implements ResourceAdapter {
    private static final Logger LOG = Logger.getLogger(CountersignResourceAdapter.class);
    private @Nullable WorkBridge work;
    private volatile @Nullable MessageEndpointFactory access;
    private volatile @Nullable MessageEndpointFactory command;
    private volatile @Nullable MessageEndpointFactory approval;
    private @Nullable CommandActivation settings;
    private @Nullable Gateway gateway;

    @Override
    public synchronized void start(BootstrapContext context) {
        work = new WorkBridge(context.getWorkManager());
        forgetThread();
    }

    @Override
    public synchronized void stop() {
        close();
        forgetThread();
    }

    @Override
    public synchronized void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec)
            throws ResourceException {
        switch (spec) {
            case AccessActivation activation -> access = factory;
            case ApprovalActivation activation -> approval = factory;
            case CommandActivation activation -> {
                command = factory;
                settings = activation;
            }
            default -> throw new ResourceException("not an activation of this adapter: " + spec.getClass());
        }
        open();
        forgetThread();
    }

    private void open() throws ResourceException {
        if (work == null || access == null || command == null || approval == null || settings == null) {
            return;
        }
        Core core = Desks.of(() -> access, () -> command, () -> approval);
        if (gateway == null) {
            gateway = opened(core, settings, work);
        }
        introduce(core, gateway, work);
    }

    private static Gateway opened(Core core, CommandActivation settings, WorkBridge work) throws ResourceException {
        try {
            Journal journal = Journal.open(settings.journal(), JournalLimits.defaults());
            Gateway opened = Gateway.open(settings.settings(), core, journal, work);
            LOG.infof("listening protocol=postgresql port=%d", opened.port());
            return opened;
        } catch (IOException | RuntimeException e) {
            LOG.error("the listeners cannot be opened", e);
            throw new ResourceException("the listeners cannot be opened", e);
        }
    }

    /** On another thread: an endpoint that is being activated takes no call yet, and has this one wait. */
    private static void introduce(Core core, Gateway gateway, WorkBridge work) {
        try {
            work.execute(() -> {
                try {
                    core.access().explains(gateway.explainer());
                } catch (RuntimeException e) {
                    LOG.error("nothing can be explained", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.error("nothing can be explained", e);
        }
    }

    /**
     * A suspended server deactivates its endpoints too: sessions stay, their calls fail closed until the endpoint is
     * back. {@link #stop} ends them.
     */
    @Override
    public synchronized void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        if (factory.equals(access)) {
            access = null;
        } else if (factory.equals(command)) {
            command = null;
        } else if (factory.equals(approval)) {
            approval = null;
        }
        forgetThread();
    }

    private void close() {
        if (gateway != null) {
            gateway.close();
            gateway = null;
            LOG.info("stopped listening protocol=postgresql");
        }
    }

    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    /** The container's threads outlive a deployment; what Netty keeps on them would keep its class loader. */
    private static void forgetThread() {
        FastThreadLocal.removeAll();
        InternalThreadLocalMap.remove();
    }

    /** There is one connector; the container compares adapters when it associates activations. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CountersignResourceAdapter;
    }

    @Override
    public int hashCode() {
        return CountersignResourceAdapter.class.hashCode();
    }
}
