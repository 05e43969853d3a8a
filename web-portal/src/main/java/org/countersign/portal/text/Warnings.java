package org.countersign.portal.text;

import java.util.ArrayList;
import java.util.List;

/** Says in words what is odd about a text, for those who cannot see or do not notice the drawn marks. */
public final class Warnings {
    private Warnings() {}

    public static List<String> of(String text) {
        VisibleText visible = VisibleText.of(text);
        var warnings = new ArrayList<String>();
        long hidden = visible.hidden();
        if (hidden == 1) {
            warnings.add("One character that is normally invisible is drawn in a box.");
        } else if (hidden > 1) {
            warnings.add(hidden + " characters that are normally invisible are drawn in boxes.");
        }
        visible.deceptive().stream()
                .distinct()
                .limit(5)
                .forEach(word -> warnings.add("«" + word.source() + "» " + word.warning() + "."));
        if (text.codePoints().anyMatch(Warnings::rightToLeft)) {
            warnings.add("Right-to-left letters are drawn in the order in which they are sent.");
        }
        return List.copyOf(warnings);
    }

    private static boolean rightToLeft(int codePoint) {
        byte direction = Character.getDirectionality(codePoint);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }
}
