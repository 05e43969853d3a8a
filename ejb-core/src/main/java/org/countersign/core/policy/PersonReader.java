package org.countersign.core.policy;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Reads {@code Person}: accounts that belong to one human being, as two administrators found out. */
final class PersonReader implements SpecReader {
    @Override
    public Supplier<Manifest.Spec> read(String name, Fields metadata, Value value) {
        Fields spec = value.fields("accounts");
        Set<String> accounts = spec.required("accounts", PersonReader::accounts, Set.of());
        return () -> new Manifest.Spec.OfPerson(accounts);
    }

    private static Set<String> accounts(Value value) {
        var accounts = new HashSet<String>();
        value.texts().forEach(account -> accounts.add(account.toLowerCase(Locale.ROOT)));
        if (accounts.size() < 2) {
            value.problem("expected at least two different user names; one account needs no link");
        }
        return accounts;
    }
}
