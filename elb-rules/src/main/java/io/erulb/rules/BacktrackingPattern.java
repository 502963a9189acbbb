package io.erulb.rules;

import io.erulb.rules.spi.Captures;
import io.erulb.rules.spi.TextPattern;
import io.erulb.rules.spi.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A pattern matched by java.util.regex, which may look at an input's characters so many times and no more. */
final class BacktrackingPattern implements TextPattern {
    /** About a millisecond of work. */
    static final int BUDGET = 100_000;

    private static final Pattern GROUP_NAME = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

    private final Pattern pattern;
    private final int groupCount;
    private final List<String> names;

    private BacktrackingPattern(Pattern pattern) {
        this.pattern = pattern;
        this.groupCount = pattern.matcher("").groupCount();
        this.names = names(pattern.pattern());
    }

    static BacktrackingPattern compile(String text, boolean ignoreCase) throws BadPatternException {
        try {
            int flags = ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
            return new BacktrackingPattern(Pattern.compile(text, flags));
        } catch (PatternSyntaxException e) {
            String place = e.getIndex() < 0 ? "" : " at position " + e.getIndex();
            throw new BadPatternException("bad pattern: " + e.getDescription() + place, e);
        } catch (StackOverflowError e) {
            throw new BadPatternException("bad pattern: nested too deeply", e);
        }
    }

    @Override
    public String text() {
        return pattern.pattern();
    }

    @Override
    public boolean capturing() {
        return groupCount > 0;
    }

    @Override
    public Set<String> groups() {
        Set<String> groups = new TreeSet<>(names);
        for (int i = 1; i <= groupCount; i++) {
            groups.add(Integer.toString(i));
        }
        return groups;
    }

    @Override
    public Verdict test(String input) {
        try {
            return Verdict.of(pattern.matcher(new Meter(input)).find());
        } catch (OutOfStepsException | StackOverflowError e) {
            return Verdict.GAVE_UP;
        }
    }

    @Override
    public Captures captures(String input) {
        try {
            Matcher matcher = pattern.matcher(new Meter(input));
            return matcher.find() ? captured(matcher, input) : Captures.none();
        } catch (OutOfStepsException | StackOverflowError e) {
            return Captures.none();
        }
    }

    private Captures captured(Matcher matcher, String input) {
        List<@Nullable String> groups = new ArrayList<>();
        for (int i = 0; i <= groupCount; i++) {
            groups.add(matcher.start(i) < 0 ? null : input.substring(matcher.start(i), matcher.end(i)));
        }
        Map<String, Integer> numbers = new HashMap<>();
        names.forEach(name -> numbers.put(name, number(matcher, name)));
        return Captures.of(groups, numbers);
    }

    /** A group that took the same text as the named one: Java 17 does not tell the number of a name. */
    private int number(Matcher matcher, String name) {
        for (int i = 1; i <= groupCount; i++) {
            if (matcher.start(i) == matcher.start(name) && matcher.end(i) == matcher.end(name)) {
                return i;
            }
        }
        return 0;
    }

    /** The named groups; what looks like one inside a quotation can't be referred to and is left out. */
    private static List<String> names(String text) {
        return GROUP_NAME
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> isPattern(text + "\\k<" + name + ">"))
                .toList();
    }

    private static boolean isPattern(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** A text that counts how often it is looked at. */
    private static final class Meter implements CharSequence {
        private final String text;
        private int left = BUDGET;

        Meter(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (left-- <= 0) {
                throw new OutOfStepsException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** The one way out of a matcher that can't be stopped; made without a stack, so it costs next to nothing. */
    private static final class OutOfStepsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfStepsException() {
            super("out of steps", null, false, false);
        }
    }
}
