package org.countersign.core.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.countersign.core.CoreSettings;

/** An OIDC issuer of our own: publishes keys over HTTP and signs whatever a test wants. */
final class TestIssuer implements AutoCloseable {
    static final String AUDIENCE = "countersign-api";

    private final HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile RSAKey key = key("key-1");
    private final Map<String, Map<String, Object>> answers = new ConcurrentHashMap<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile CyclicBarrier together = new CyclicBarrier(1);
    private volatile boolean down;
    private volatile boolean stalls;

    TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        serve(
                "/.well-known/openid-configuration",
                () -> "{\"issuer\":\"" + url() + "\",\"jwks_uri\":\"" + url() + "/protocol/openid-connect/certs\","
                        + "\"introspection_endpoint\":\"" + url() + "/introspect\"}");
        server.createContext("/introspect", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            questions.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            String token = body.substring("token=".length(), body.indexOf('&'));
            meet();
            byte[] answer = JSONObjectUtils.toJSONString(answers.getOrDefault(token, Map.of()))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(down ? 503 : 200, answer.length);
            if (!stalls) {
                exchange.getResponseBody().write(answer);
                exchange.close();
            }
        });
        serve("/protocol/openid-connect/certs", () -> {
            fetches.incrementAndGet();
            return new JWKSet(key.toPublicJWK()).toString();
        });
        server.setExecutor(threads);
        server.start();
    }

    private interface Document {
        String text();
    }

    private void serve(String path, Document document) {
        server.createContext(path, exchange -> {
            byte[] body = document.text().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(down ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    CoreSettings settings() {
        return new CoreSettings(
                url(),
                AUDIENCE,
                URI.create("http://localhost:8080"),
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                Path.of("unused"),
                Path.of("unused"));
    }

    RSAKey key() {
        return key;
    }

    void rotate(String id) {
        key = key(id);
    }

    /** What it answers whoever introspects this token. */
    void says(String token, Map<String, Object> answer) {
        answers.put(token, answer);
    }

    /** Who introspected what. */
    List<String> questions() {
        return questions;
    }

    void goDown() {
        down = true;
    }

    /** From now on its answers end behind their heads. */
    void stall() {
        stalls = true;
    }

    /** From now on it answers only when so many ask at once. */
    void wantsAtOnce(int questions) {
        together = new CyclicBarrier(questions);
    }

    private void meet() {
        try {
            together.await(10, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException e) {
            down = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int fetches() {
        return fetches.get();
    }

    /** The claims of a person's good access token. */
    JWTClaimsSet.Builder person(String name, Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(url().toString())
                .subject("subject-of-" + name)
                .audience(List.of(AUDIENCE, "account"))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("typ", "Bearer")
                .claim("azp", "countersign-cli")
                .claim("preferred_username", name)
                .claim("groups", List.of("/support"))
                .claim("realm_access", Map.of("roles", List.of("approver")));
    }

    /** The claims of an agent's good access token. */
    JWTClaimsSet.Builder agent(String client, String owner, Instant now) {
        return person("service-account-" + client, now).claim("azp", client).claim("owner", owner);
    }

    String sign(JWTClaimsSet claims) {
        return sign(claims, key);
    }

    static String sign(JWTClaimsSet claims, RSAKey key) {
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
