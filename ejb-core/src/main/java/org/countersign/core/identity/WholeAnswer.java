package org.countersign.core.identity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What the issuer answers, to its last byte, within a time: the time-out of a {@link HttpRequest} ends with the head of
 * the answer, and an issuer that stops behind it would be waited for without an end.
 */
final class WholeAnswer {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final int maxBytes;
    private boolean tooLong;

    private WholeAnswer(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** @throws RefusedException when the issuer answers, but not with what was asked for */
    static String of(HttpClient http, HttpRequest request, int maxBytes, Duration within)
            throws IOException, InterruptedException {
        var answer = new WholeAnswer(maxBytes);
        CompletableFuture<HttpResponse<Void>> exchange =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArrayConsumer(answer::take));
        try {
            int status = exchange.get(within.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status != 200) {
                throw new RefusedException("the issuer answered " + status);
            }
            return answer.text();
        } catch (TimeoutException e) {
            throw new IOException("the issuer gave no whole answer within " + within, e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } finally {
            exchange.cancel(true);
        }
    }

    private synchronized void take(Optional<byte[]> part) {
        part.ifPresent(bytes -> {
            tooLong |= body.size() + bytes.length > maxBytes;
            if (!tooLong) {
                body.writeBytes(bytes);
            }
        });
    }

    private synchronized String text() throws IOException {
        if (tooLong) {
            throw new RefusedException("an answer of the issuer exceeds " + maxBytes + " bytes");
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    /** The issuer is there; what it says to this one question is of no use. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }

        RefusedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
