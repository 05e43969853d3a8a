package org.countersign.portal.text;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds words whose letters pass for others. */
final class Scripts {
    /** Scripts with letters that look like those of another one in this list. */
    private static final Set<UnicodeScript> LOOKALIKES = EnumSet.of(
            UnicodeScript.LATIN,
            UnicodeScript.GREEK,
            UnicodeScript.CYRILLIC,
            UnicodeScript.ARMENIAN,
            UnicodeScript.GEORGIAN,
            UnicodeScript.CHEROKEE,
            UnicodeScript.COPTIC,
            UnicodeScript.LISU);

    /** Cyrillic and Greek letters that common fonts draw as Latin ones. */
    private static final String LATIN_SHAPES =
            "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d\u04cf"
                    + "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405"
                    + "\u03bf\u03bd\u03b1\u03c1\u03c5\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f"
                    + "\u03a1\u03a4\u03a5\u03a7";

    private Scripts() {}

    /** Returns why a word may be read as another one. */
    static Optional<String> warning(String word) {
        if (word.codePoints().allMatch(codePoint -> codePoint < 0x80)) {
            return Optional.empty();
        }
        Set<UnicodeScript> scripts = word.codePoints()
                .filter(Character::isLetter)
                .mapToObj(UnicodeScript::of)
                .filter(LOOKALIKES::contains)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(UnicodeScript.class)));
        if (scripts.size() > 1) {
            return Optional.of("mixes " + scripts.stream().map(Scripts::name).collect(Collectors.joining(" and "))
                    + " letters in one word");
        }
        if (word.codePoints().filter(Character::isLetter).allMatch(letter -> LATIN_SHAPES.indexOf(letter) >= 0)
                && word.codePoints().anyMatch(Character::isLetter)) {
            return Optional.of(scripts.stream().map(Scripts::name).collect(Collectors.joining())
                    + " letters that look like Latin");
        }
        if (word.codePoints().anyMatch(Scripts::disguised)) {
            return Optional.of("letters or digits of another form than the usual one");
        }
        return Optional.empty();
    }

    /** Full-width, mathematical and other stand-ins for ASCII letters and digits. */
    private static boolean disguised(int codePoint) {
        return codePoint >= 0x80
                && Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC)
                        .codePoints()
                        .allMatch(plain -> plain < 0x80);
    }

    private static String name(UnicodeScript script) {
        String name = script.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
