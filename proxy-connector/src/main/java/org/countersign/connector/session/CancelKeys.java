package org.countersign.connector.session;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.metrics.Metrics;
import org.jboss.logging.Logger;

/**
 * The keys by which a client has its running command cancelled from another connection, and how often somebody guessed.
 * They are the gateway's own: no target's key is ever shown. Safe for all threads.
 */
public final class CancelKeys {
    /** Wrong keys of one address in a minute; beyond, nothing from there is looked at until the minute is over. */
    static final int MAX_WRONG = 60;

    private static final Logger LOG = Logger.getLogger(CancelKeys.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int MAX_ADDRESSES = 10_000;
    private static final int IPV6_NETWORK_BYTES = 8;
    private final Map<Integer, Holder> holders = new ConcurrentHashMap<>();
    private final Map<ByteBuffer, Integer> wrong = new HashMap<>();
    private final Metrics metrics;
    private final LongSupplier nanos;
    private long minuteBegan;

    private record Holder(byte[] key, Supplier<CompletionStage<Void>> cancel) {}

    /** @param number what the client takes for a process id */
    public record Key(int number, byte[] secret) {
        @Override
        public String toString() {
            return "Key[hidden]";
        }
    }

    public CancelKeys(Metrics metrics) {
        this(metrics, System::nanoTime);
    }

    CancelKeys(Metrics metrics, LongSupplier nanos) {
        this.metrics = metrics;
        this.nanos = nanos;
        minuteBegan = nanos.getAsLong();
    }

    /**
     * Makes a key.
     *
     * @param bytes the length of its secret part
     * @param cancel cancels what the holder runs, on any thread; completes when that has been asked for
     */
    public Key issue(int bytes, Supplier<CompletionStage<Void>> cancel) {
        byte[] secret = new byte[bytes];
        RANDOM.nextBytes(secret);
        int number = RANDOM.nextInt(1, Integer.MAX_VALUE);
        while (holders.putIfAbsent(number, new Holder(secret, cancel)) != null) {
            number = RANDOM.nextInt(1, Integer.MAX_VALUE);
        }
        return new Key(number, secret.clone());
    }

    /** The key opens nothing any more. */
    public void revoke(Key key) {
        holders.remove(key.number());
    }

    /** How to cancel what the key's holder runs; empty for a wrong key, and for any when too many were wrong. */
    public Optional<Supplier<CompletionStage<Void>>> find(InetAddress from, int number, byte[] secret) {
        Holder holder = holders.get(number);
        boolean right = holder != null && MessageDigest.isEqual(holder.key(), secret);
        return admitted(from, right) && right && holder != null ? Optional.of(holder.cancel()) : Optional.empty();
    }

    private synchronized boolean admitted(InetAddress from, boolean right) {
        long now = nanos.getAsLong();
        if (now - minuteBegan >= MINUTE_NANOS) {
            minuteBegan = now;
            wrong.clear();
        }
        ByteBuffer network = network(from);
        int before = wrong.getOrDefault(network, 0);
        if (!right) {
            metrics.count(Metric.CANCEL_KEYS_WRONG);
            if (wrong.isEmpty()) {
                LOG.warnf("cancel request with a wrong key wrong=%d", metrics.value(Metric.CANCEL_KEYS_WRONG));
            }
            if (before > 0 || wrong.size() < MAX_ADDRESSES) {
                wrong.put(network, before + 1);
            }
        }
        return before < MAX_WRONG;
    }

    /** Whoever has one IPv6 address has its whole network. */
    private static ByteBuffer network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
    }
}
