package org.countersign.core.identity;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    AccountMarks {
        verifiedEmail = verifiedEmail.map(email -> email.strip().toLowerCase(Locale.ROOT));
        employeeNumber = employeeNumber.map(String::strip);
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
