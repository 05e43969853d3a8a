package org.countersign.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.metrics.Metrics;
import org.junit.jupiter.api.Test;

class CancelKeysTest {
    private static final Supplier<CompletionStage<Void>> NOTHING = () -> CompletableFuture.completedStage(null);
    private final AtomicLong nanos = new AtomicLong();
    private final Metrics metrics = new Metrics();
    private final CancelKeys keys = new CancelKeys(metrics, nanos::get);
    private final InetAddress here = address("192.0.2.1");

    @Test
    void findsAHolderByItsWholeKeyOnly() {
        var key = keys.issue(32, NOTHING);
        byte[] other = key.secret().clone();
        other[31] ^= 1;

        assertThat(keys.find(here, key.number(), key.secret())).contains(NOTHING);
        assertThat(keys.find(here, key.number(), other)).isEmpty();
        assertThat(keys.find(here, key.number(), new byte[0])).isEmpty();
        assertThat(keys.find(here, key.number() + 1, key.secret())).isEmpty();
        assertThat(metrics.value(Metric.CANCEL_KEYS_WRONG)).isEqualTo(3);
    }

    @Test
    void forgetsARevokedKey() {
        var key = keys.issue(4, NOTHING);
        keys.revoke(key);
        assertThat(keys.find(here, key.number(), key.secret())).isEmpty();
    }

    @Test
    void givesNoNumberTwice() {
        var numbers = new HashSet<Integer>();
        for (int i = 0; i < 1000; i++) {
            var key = keys.issue(4, NOTHING);
            assertThat(key.number()).isPositive();
            assertThat(numbers.add(key.number())).isTrue();
        }
    }

    @Test
    void looksAtNothingFromAnAddressThatGuesses() {
        var key = keys.issue(4, NOTHING);
        for (int i = 0; i < CancelKeys.MAX_WRONG; i++) {
            keys.find(here, key.number(), new byte[4]);
        }
        assertThat(keys.find(here, key.number(), key.secret())).isEmpty();
        assertThat(keys.find(address("192.0.2.2"), key.number(), key.secret())).isPresent();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(keys.find(here, key.number(), key.secret())).isPresent();
    }

    @Test
    void takesANetworkOfIpv6ForOneAddress() {
        var key = keys.issue(4, NOTHING);
        for (int i = 0; i < CancelKeys.MAX_WRONG; i++) {
            keys.find(address("2001:db8::" + Integer.toHexString(i)), key.number(), new byte[4]);
        }
        assertThat(keys.find(address("2001:db8::ffff"), key.number(), key.secret()))
                .isEmpty();
        assertThat(keys.find(address("2001:db8:0:1::1"), key.number(), key.secret()))
                .isPresent();
    }

    @Test
    void hidesItsSecret() {
        assertThat(keys.issue(4, NOTHING)).hasToString("Key[hidden]");
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
