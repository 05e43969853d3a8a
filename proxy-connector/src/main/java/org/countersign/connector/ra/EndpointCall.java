package org.countersign.connector.ra;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one message endpoint, each in a container transaction on the calling thread. Endpoints are kept and
 * used again: making one costs more than the call. Safe for all threads.
 */
final class EndpointCall<T> {
    private final Supplier<@Nullable MessageEndpointFactory> factory;
    private final Class<T> listener;
    private final ConcurrentLinkedDeque<Kept> idle = new ConcurrentLinkedDeque<>();

    private record Kept(MessageEndpointFactory maker, MessageEndpoint endpoint) {}

    /** The core could not be asked; whoever asked refuses. */
    static final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnavailableException(Throwable cause) {
            super("the core cannot be asked", cause);
        }
    }

    /** What is asked of the endpoint. */
    @FunctionalInterface
    interface Question<T, R> {
        R ask(T endpoint) throws Exception;
    }

    EndpointCall(Supplier<@Nullable MessageEndpointFactory> factory, Class<T> listener) {
        this.factory = factory;
        this.listener = listener;
    }

    Method method(String name) {
        for (Method method : listener.getMethods()) {
            if (method.getName().equals(name)) {
                return method;
            }
        }
        throw new IllegalArgumentException(listener + " has no method " + name);
    }

    /** Asks once; what the listener throws by its signature comes out as it is, anything else as unavailable. */
    <R> R call(Method method, Question<T, R> question, @Nullable Class<? extends Exception> declared) throws Exception {
        @Nullable Kept kept = null;
        try {
            kept = take();
            R answer = deliver(kept.endpoint(), method, question);
            idle.push(kept);
            return answer;
        } catch (Exception | LinkageError e) {
            release(kept);
            if (declared != null && declared.isInstance(e)) {
                throw declared.cast(e);
            }
            throw new UnavailableException(e);
        }
    }

    private Kept take() throws ResourceException {
        MessageEndpointFactory maker = factory.get();
        if (maker == null) {
            throw new ResourceException("the endpoint is not active");
        }
        Kept kept = idle.poll();
        while (kept != null && kept.maker() != maker) {
            release(kept);
            kept = idle.poll();
        }
        return kept == null ? new Kept(maker, maker.createEndpoint(null)) : kept;
    }

    private <R> R deliver(MessageEndpoint endpoint, Method method, Question<T, R> question) throws Exception {
        endpoint.beforeDelivery(method);
        R answer;
        try {
            answer = question.ask(listener.cast(endpoint));
        } catch (Exception | LinkageError e) {
            try {
                endpoint.afterDelivery();
            } catch (ResourceException after) {
                e.addSuppressed(after);
            }
            throw e;
        }
        endpoint.afterDelivery();
        return answer;
    }

    private static void release(@Nullable Kept kept) {
        if (kept != null) {
            try {
                kept.endpoint().release();
            } catch (RuntimeException e) {
                // it is given up either way
            }
        }
    }
}
