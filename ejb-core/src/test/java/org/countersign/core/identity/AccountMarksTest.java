package org.countersign.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.countersign.core.identity.AccountMarks.Kind;
import org.countersign.model.session.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountMarksTest {
    private static AccountMarks marks(String email, String number) {
        return new AccountMarks(new Person("issuer", "mia"), "subject", Optional.of(email), Optional.of(number));
    }

    @ParameterizedTest
    @CsvSource({
        "mia@shop.example, ' MIA@Shop.Example '",
        "jos\u00e9@shop.example, jose\u0301@shop.example",
        "mia@shop.example, \uff4dia@shop.example",
        "mia@shop.example, mi\u200ba@shop.example"
    })
    void anAddressIsTheSameHoweverItIsWritten(String one, String other) {
        assertThat(marks(one, "1").values().get(Kind.EMAIL))
                .isEqualTo(marks(other, "1").values().get(Kind.EMAIL));
    }

    @ParameterizedTest
    @CsvSource({"e-4711, ' E-4711'", "4711, \uff14\uff17\uff11\uff11", "4711, 4711\u200d"})
    void aNumberIsTheSameHoweverItIsWritten(String one, String other) {
        assertThat(marks("m@x.example", one).values().get(Kind.EMPLOYEE_NUMBER))
                .isEqualTo(marks("m@x.example", other).values().get(Kind.EMPLOYEE_NUMBER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200b"})
    void whatIsEmptyLinksNobody(String nothing) {
        assertThat(marks(nothing, nothing).values()).containsOnlyKeys(Kind.SUBJECT);
    }

    @Test
    void differentOnesStayDifferent() {
        assertThat(marks("mia@shop.example", "4711").values())
                .doesNotContainValue(
                        marks("mia@shop.example.org", "47110").values().get(Kind.EMAIL))
                .doesNotContainValue(
                        marks("mia@shop.example.org", "47110").values().get(Kind.EMPLOYEE_NUMBER));
    }
}
