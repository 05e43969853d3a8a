package org.countersign.core.identity;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.countersign.model.session.Person;

/**
 * By what a verified token tells that two accounts belong to one human being.
 *
 * @param account a person's account; never that of a program
 * @param subject the {@code sub} claim, which outlives a change of name
 * @param verifiedEmail the {@code email} claim, if the identity provider verified that address
 * @param employeeNumber the {@code employee_number} claim
 */
record AccountMarks(Person account, String subject, Optional<String> verifiedEmail, Optional<String> employeeNumber) {
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");

    AccountMarks {
        verifiedEmail = verifiedEmail.map(AccountMarks::plain).filter(email -> !email.isEmpty());
        employeeNumber = employeeNumber.map(AccountMarks::plain).filter(number -> !number.isEmpty());
    }

    /** The same letters are the same, whatever their case, width and composition and what is invisible between them. */
    private static String plain(String text) {
        return INVISIBLE
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll("")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    enum Kind {
        SUBJECT,
        EMAIL,
        EMPLOYEE_NUMBER
    }

    Map<Kind, String> values() {
        var values = new LinkedHashMap<Kind, String>();
        values.put(Kind.SUBJECT, account.issuer() + ' ' + subject);
        verifiedEmail.ifPresent(email -> values.put(Kind.EMAIL, email));
        employeeNumber.ifPresent(number -> values.put(Kind.EMPLOYEE_NUMBER, number));
        return values;
    }
}
