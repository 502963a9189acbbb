package io.erulb.rules.filter;

import io.erulb.rules.spi.FilterArgs;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some hours of some weekdays. The start belongs to the window, the end does not. A window that ends before it starts runs
 * past midnight and belongs to the day it starts on: {@code fri 22:00-02:00} holds Saturday 01:00.
 *
 * @param from minutes after midnight, 0 to 1439
 * @param to minutes after midnight, 0 to 1440
 */
record TimeWindow(Set<DayOfWeek> days, int from, int to) {
    private static final int DAY = 24 * 60;
    private static final List<String> NAMES = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    static TimeWindow read(FilterArgs args) {
        Set<DayOfWeek> days = args.has("days") ? days(args) : EnumSet.allOf(DayOfWeek.class);
        int from = minutes(args, "from", 0);
        int to = minutes(args, "to", DAY);
        if (from == to || from == DAY) {
            args.fault("from", "expected: a time before 24:00, other than to");
        }
        return new TimeWindow(Collections.unmodifiableSet(days), from, to);
    }

    boolean holds(LocalDateTime now) {
        int minute = now.getHour() * 60 + now.getMinute();
        if (from < to) {
            return minute >= from && minute < to && days.contains(now.getDayOfWeek());
        }
        return (minute >= from && days.contains(now.getDayOfWeek()))
                || (minute < to && days.contains(now.getDayOfWeek().minus(1)));
    }

    /** Sets the minutes of the week, from Monday 00:00 on, in which it holds. */
    void addTo(BitSet minutes) {
        for (DayOfWeek day : days) {
            int midnight = (day.getValue() - 1) * DAY;
            minutes.set(midnight + from, midnight + (from < to ? to : DAY));
            if (from >= to) {
                int next = (midnight + DAY) % (7 * DAY);
                minutes.set(next, next + to);
            }
        }
    }

    @Override
    public String toString() {
        return days + String.format(Locale.ROOT, " %02d:%02d-%02d:%02d", from / 60, from % 60, to / 60, to % 60);
    }

    private static Set<DayOfWeek> days(FilterArgs args) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String text : args.texts("days")) {
            String[] ends = text.toLowerCase(Locale.ROOT).split("-", -1);
            int first = NAMES.indexOf(ends[0]);
            int last = NAMES.indexOf(ends[ends.length - 1]);
            if (first < 0 || last < 0 || ends.length > 2) {
                args.fault("days", "expected: days such as mon or mon-fri, of " + String.join(", ", NAMES));
                return days;
            }
            addDays(days, first, last);
        }
        return days;
    }

    private static void addDays(Set<DayOfWeek> days, int first, int last) {
        int count = Math.floorMod(last - first, 7) + 1;
        for (int i = 0; i < count; i++) {
            days.add(DayOfWeek.of((first + i) % 7 + 1));
        }
    }

    private static int minutes(FilterArgs args, String name, int otherwise) {
        if (!args.has(name)) {
            return otherwise;
        }
        Integer minutes = minutes(args.text(name));
        if (minutes == null) {
            args.fault(name, "expected: a time from 00:00 to 24:00");
            return otherwise;
        }
        return minutes;
    }

    private static @Nullable Integer minutes(String text) {
        if (!text.matches("[0-9]{2}:[0-5][0-9]")) {
            return null;
        }
        int minutes = Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
        return minutes > DAY ? null : minutes;
    }
}
