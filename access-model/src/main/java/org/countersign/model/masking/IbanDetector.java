package org.countersign.model.masking;

import java.util.Optional;

/** Bank account numbers (ISO 13616): the country's length and a right check sum, in one piece or with single spaces. */
final class IbanDetector implements Detector {
    /** Country and length, from the registry of SWIFT. */
    private static final String LENGTHS = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 "
            + "CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 "
            + "HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 "
            + "MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 "
            + "SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

    private static final int MIN_LENGTH = 15;
    private static final int CHECKED_FIRST = 4;
    private static final int LETTERS = 26;
    private static final int[] LENGTH_BY_COUNTRY = lengths();

    @Override
    public Optional<Span> next(String text, int from) {
        int last = text.length() - MIN_LENGTH;
        for (int i = from; i <= last; i++) {
            if (candidate(text, i)) {
                int end = end(text, i);
                if (end > 0) {
                    return Optional.of(new Span(i, end));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean candidate(String text, int i) {
        return Ascii.letter(text.charAt(i))
                && Ascii.letter(text.charAt(i + 1))
                && Ascii.digit(text.charAt(i + 2))
                && Ascii.digit(text.charAt(i + 3))
                && (i == 0 || !Ascii.alphanumeric(text.charAt(i - 1)));
    }

    private static int end(String text, int start) {
        int length = LENGTH_BY_COUNTRY[country(text.charAt(start), text.charAt(start + 1))];
        if (length == 0) {
            return -1;
        }
        StringBuilder number = new StringBuilder(length);
        int i = start;
        while (i < text.length() && number.length() < length) {
            char c = text.charAt(i++);
            if (Ascii.alphanumeric(c)) {
                number.append(Ascii.upper(c));
            } else if (c != ' ' || text.charAt(i - 2) == ' ') {
                return -1;
            }
        }
        boolean whole = number.length() == length && (i == text.length() || !Ascii.alphanumeric(text.charAt(i)));
        return whole && checks(number) ? i : -1;
    }

    private static boolean checks(CharSequence number) {
        int remainder = 0;
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt((i + CHECKED_FIRST) % number.length());
            int digits = Ascii.digit(c) ? c - '0' : c - 'A' + 10;
            remainder = (remainder * (digits < 10 ? 10 : 100) + digits) % 97;
        }
        return remainder == 1;
    }

    private static int country(char first, char second) {
        return (Ascii.upper(first) - 'A') * LETTERS + Ascii.upper(second) - 'A';
    }

    private static int[] lengths() {
        int[] lengths = new int[LETTERS * LETTERS];
        for (String entry : LENGTHS.split(" ", -1)) {
            lengths[country(entry.charAt(0), entry.charAt(1))] = Integer.parseInt(entry.substring(2));
        }
        return lengths;
    }
}
