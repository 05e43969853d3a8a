package org.countersign.model.policy;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Hours of the week in one time zone: {@code Mon-Fri 22:00-04:00 Europe/Berlin}. The days are those on which it opens; it
 * closes on the day after when the end is not later than the start. A time that a change of clocks leaves out counts as
 * the moment of the change plus what is left out; of one that comes twice the first counts.
 */
public record WeeklyWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
    /** More than a week: a change of clocks can leave out a whole window. */
    private static final int DAYS_AHEAD = 15;

    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final Pattern FORM = Pattern.compile("(\\S+) (\\d\\d:\\d\\d)-(\\d\\d:\\d\\d) (\\S+)");

    public WeeklyWindow {
        days = Set.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a window opens on at least one day");
        }
    }

    /** @throws IllegalArgumentException with what is wrong, for the author */
    public static WeeklyWindow parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "expected days, hours and zone such as Mon-Fri 22:00-04:00 Europe/Berlin");
        }
        try {
            LocalTime from = LocalTime.parse(form.group(2));
            LocalTime to = form.group(3).equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(form.group(3));
            if (from.equals(to) && !form.group(3).equals("24:00")) {
                throw new IllegalArgumentException("opens and closes at once; a whole day is 00:00-24:00");
            }
            return new WeeklyWindow(days(form.group(1)), from, to, ZoneId.of(form.group(4)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no such time or zone: " + text, e);
        }
    }

    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            int first = day(ends[0]);
            int last = ends.length == 2 ? day(ends[1]) : first;
            if (ends.length > 2) {
                throw new IllegalArgumentException("expected a day or two with a dash: " + part);
            }
            IntStream.rangeClosed(first, last < first ? last + DAYS.size() : last)
                    .forEach(day -> days.add(DayOfWeek.of(day % DAYS.size() + 1)));
        }
        return days;
    }

    private static int day(String name) {
        int day = DAYS.indexOf(name);
        if (day < 0) {
            throw new IllegalArgumentException("unknown day " + name + "; allowed: " + String.join(", ", DAYS));
        }
        return day;
    }

    public boolean open(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        return open(today, now) || open(today.minusDays(1), now);
    }

    private boolean open(LocalDate day, Instant now) {
        return days.contains(day.getDayOfWeek()) && !now.isBefore(opening(day)) && now.isBefore(closing(day));
    }

    /** Returns the first moment from now on at which it is open. */
    public Instant next(Instant now) {
        if (open(now)) {
            return now;
        }
        LocalDate today = LocalDate.ofInstant(now, zone);
        return IntStream.range(0, DAYS_AHEAD)
                .mapToObj(today::plusDays)
                .filter(day -> days.contains(day.getDayOfWeek()) && opening(day).isBefore(closing(day)))
                .map(this::opening)
                .filter(opening -> !opening.isBefore(now))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no opening within two weeks"));
    }

    private Instant opening(LocalDate day) {
        return day.atTime(from).atZone(zone).toInstant();
    }

    private Instant closing(LocalDate day) {
        return (to.isAfter(from) ? day : day.plusDays(1))
                .atTime(to)
                .atZone(zone)
                .toInstant();
    }

    @Override
    public String toString() {
        String names = String.join(
                ",",
                days.stream().sorted().map(day -> DAYS.get(day.getValue() - 1)).toList());
        return names + " " + from + "-" + (to.equals(LocalTime.MIDNIGHT) ? "24:00" : to) + " " + zone;
    }
}
