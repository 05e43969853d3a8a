package org.countersign.model.masking;

import java.util.Random;

/** Text made of what detectors and maskers stumble over. */
final class RandomText {
    private static final String[] PARTS = {
        "4111",
        " ",
        "-",
        "1",
        "0",
        "@",
        ".",
        "a",
        "Z",
        "mail.example",
        "DE89",
        "eyJ",
        "sk-",
        "://",
        ":",
        "password",
        "=",
        "'",
        "-----BEGIN ",
        "PRIVATE KEY",
        "-----",
        "\uD83D\uDE00",
        "\u00e9",
        "AKIA",
        "bearer ",
        "_",
        "\n",
        "*"
    };

    private RandomText() {}

    static String of(Random random, int parts) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            text.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return text.toString();
    }
}
