package org.countersign.connector.postgres;

/** The tag that ends a command: words in capitals, then up to two numbers. Anything else could carry a value. */
final class CommandTag {
    private static final int MAX_CHARACTERS = 64;
    private static final int MAX_NUMBERS = 2;

    private CommandTag() {}

    /** The last number: the rows that a command returned or changed; 0 where there is none. */
    static long rows(String tag) {
        String last = tag.substring(tag.lastIndexOf(' ') + 1);
        return last.matches("[0-9]{1,18}") ? Long.parseLong(last) : 0;
    }

    static boolean isWellFormed(String tag) {
        if (tag.isEmpty() || tag.length() > MAX_CHARACTERS) {
            return false;
        }
        int numbers = 0;
        for (int i = 0; i < tag.length(); i++) {
            char c = tag.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (digit && tag.charAt(Math.max(0, i - 1)) == ' ') {
                numbers++;
            }
            boolean word = c >= 'A' && c <= 'Z' && numbers == 0;
            if (!(word || c == ' ' || digit && numbers > 0 && numbers <= MAX_NUMBERS)) {
                return false;
            }
        }
        return true;
    }
}
