package org.countersign.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Checks a signed report from its file and the public key alone, and computes its proof again. */
public final class ReportVerifier {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SIGNATURE = "<!--countersign-signature:";
    private static final String SETS = "<script type=\"application/json\" id=\"sets\">";

    /** What stands before the 32 bytes of an Ed25519 public key (RFC 8410). */
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private ReportVerifier() {}

    /**
     * What was found.
     *
     * @param faults empty when the report is as it was signed and its proof holds
     * @param rows how many rows were computed again
     * @param unproved how many of them the file itself cannot prove
     */
    public record Verdict(List<String> faults, long rows, long unproved) {
        public Verdict {
            faults = List.copyOf(faults);
        }
    }

    /** @param jwk the public key, from the gateway or from whoever keeps it */
    public static Verdict verify(byte[] file, JsonNode jwk) throws IOException {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf(SIGNATURE);
        int close = text.indexOf("-->", Math.max(end, 0));
        if (end < 0 || close < 0 || !text.substring(close + 3).isBlank()) {
            return new Verdict(List.of("there is no signature at its end"), 0, 0);
        }
        byte[] page = Arrays.copyOf(file, end);
        String[] parts = text.substring(end + SIGNATURE.length(), close).split("\\.", -1);
        if (parts.length != 3 || !parts[1].isEmpty() || !signed(page, parts[0], parts[2], jwk)) {
            return new Verdict(
                    List.of("the signature is not one of this key over this file: it was changed, or another key made"
                            + " it"),
                    0,
                    0);
        }
        return proof(new String(page, StandardCharsets.UTF_8));
    }

    private static boolean signed(byte[] page, String header, String signature, JsonNode jwk) throws IOException {
        try {
            JsonNode said = JSON.readTree(Base64.getUrlDecoder().decode(header));
            byte[] x = Base64.getUrlDecoder().decode(jwk.path("x").asText());
            if (!said.path("alg").asText().equals("EdDSA")
                    || said.path("b64").asBoolean(true)
                    || !jwk.path("crv").asText().equals("Ed25519")
                    || x.length != 32) {
                return false;
            }
            byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + x.length);
            System.arraycopy(x, 0, encoded, PREFIX.length, x.length);
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update((header + ".").getBytes(StandardCharsets.US_ASCII));
            check.update(page);
            return check.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Verdict proof(String page) throws IOException {
        int start = page.lastIndexOf(SETS);
        int end = page.indexOf("</script>", Math.max(start, 0));
        if (start < 0 || end < 0) {
            return new Verdict(List.of("it does not hold the sets that its proof rests on"), 0, 0);
        }
        var faults = new ArrayList<String>();
        long rows = 0;
        long unproved = 0;
        for (JsonNode row : JSON.readTree(page.substring(start + SETS.length(), end))) {
            String computed = proof(row);
            rows++;
            if (!computed.equals(row.path("proof").asText())) {
                faults.add(
                        row.path("id").asText() + " says " + row.path("proof").asText() + " but is " + computed);
            } else if (computed.equals("shared")) {
                faults.add(row.path("id").asText() + ": somebody is on both sides");
            } else if (computed.equals("unproved")) {
                unproved++;
            }
        }
        return new Verdict(faults, rows, unproved);
    }

    private static String proof(JsonNode row) {
        JsonNode decisions = row.path("decisions");
        if (decisions.isEmpty()) {
            return row.path("passed").asBoolean() ? "unproved" : "nobody-decided";
        }
        Set<String> seen = new HashSet<>(texts(row.path("responsible")));
        decisions.forEach(decision -> seen.addAll(texts(decision.path("requesters"))));
        boolean kept = true;
        boolean shared = false;
        for (JsonNode decision : decisions) {
            List<String> accounts = texts(decision.path("accounts"));
            kept &= !accounts.isEmpty() && !decision.path("requesters").isEmpty();
            shared |= accounts.stream().anyMatch(seen::contains);
            seen.addAll(accounts);
        }
        return shared ? "shared" : kept ? "disjoint" : "unproved";
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
