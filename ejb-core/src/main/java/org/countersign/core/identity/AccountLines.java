package org.countersign.core.identity;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.countersign.model.session.Person;

/**
 * A set of accounts as one text that the store can intersect with another: an account to a line, sorted, as issuer,
 * space, name. An issuer is a URL and has no space; neither part has a line break.
 */
public final class AccountLines {
    private AccountLines() {}

    public static String of(Collection<Person> accounts) {
        return accounts.stream()
                .map(account -> account.issuer() + " " + account.name())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining("\n"));
    }

    /** Returns the accounts of a text; none of an empty one. */
    public static Set<Person> parse(String lines) {
        return lines.lines().map(AccountLines::account).collect(Collectors.toUnmodifiableSet());
    }

    private static Person account(String line) {
        int space = line.indexOf(' ');
        return new Person(line.substring(0, space), line.substring(space + 1));
    }
}
