package org.countersign.connector.corpus;

/** Texts without what only separates. */
final class Text {
    private Text() {}

    /** Only the letters and digits of ASCII. */
    static String alphanumeric(String text) {
        var kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}
