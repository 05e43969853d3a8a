package org.countersign.model.command;

import java.util.Comparator;

/**
 * A function or trigger that is not built in and would run, as it is now.
 *
 * @param name the function's signature, or {@code trigger t on schema.relation}, whose function is listed too
 * @param version changes whenever it is defined anew
 * @param definer whether it runs with its owner's rights (SECURITY DEFINER)
 */
public record UserRoutine(String name, String version, Volatility volatility, boolean definer)
        implements Comparable<UserRoutine> {
    private static final Comparator<UserRoutine> ORDER =
            Comparator.comparing(UserRoutine::name).thenComparing(UserRoutine::version);

    /** {@code signature@version} */
    public String versioned() {
        return name + "@" + version;
    }

    /** In words for the person who decides. */
    public String described() {
        return name + ", " + volatility.label() + (definer ? ", runs with its owner's rights (SECURITY DEFINER)" : "");
    }

    @Override
    public int compareTo(UserRoutine other) {
        return ORDER.compare(this, other);
    }
}
