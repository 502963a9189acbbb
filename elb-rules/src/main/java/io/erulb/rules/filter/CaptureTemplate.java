package io.erulb.rules.filter;

import io.erulb.rules.UriPath;
import io.erulb.rules.spi.Captures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A header's value with places for captures: {@code https://new.example/$1?by=${who}}. Any other dollar sign stands for
 * itself. What is captured goes in escaped as a path, so that nothing of it can end the header's line.
 */
final class CaptureTemplate {
    /** Literal text, or the group whose text stands there. */
    private record Part(String text, boolean group) {}

    private final List<Part> parts;

    private CaptureTemplate(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a template; null when a brace does not close or holds no name.
     *
     * @param escape applied to what stands between captures
     */
    static @Nullable CaptureTemplate parse(String text, UnaryOperator<String> escape) {
        List<Part> parts = new ArrayList<>();
        int literal = 0;
        int at = text.indexOf('$');
        while (at >= 0) {
            int end = referenceEnd(text, at);
            if (end < 0) {
                return null;
            }
            if (end > at + 1) {
                parts.add(new Part(escape.apply(text.substring(literal, at)), false));
                parts.add(new Part(groupName(text, at, end), true));
                literal = end;
            }
            at = text.indexOf('$', end);
        }
        parts.add(new Part(escape.apply(text.substring(literal)), false));
        return new CaptureTemplate(parts);
    }

    boolean usesCaptures() {
        return parts.size() > 1;
    }

    /** The groups it has places for. */
    Stream<String> names() {
        return parts.stream().filter(Part::group).map(Part::text);
    }

    String expand(Captures captures) {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            out.append(part.group ? UriPath.encode(captured(captures, part.text)) : part.text);
        }
        return out.toString();
    }

    /** Where the reference that starts here ends; one further when it is none, -1 when its brace does not close. */
    private static int referenceEnd(String text, int dollar) {
        char next = dollar + 1 < text.length() ? text.charAt(dollar + 1) : ' ';
        if (next != '{') {
            return next >= '1' && next <= '9' ? dollar + 2 : dollar + 1;
        }
        int close = text.indexOf('}', dollar);
        boolean named = close > 0 && text.substring(dollar + 2, close).matches("[A-Za-z0-9_]+");
        return named ? close + 1 : -1;
    }

    private static String groupName(String text, int dollar, int end) {
        return text.charAt(dollar + 1) == '{' ? text.substring(dollar + 2, end - 1) : text.substring(dollar + 1, end);
    }

    /** What a group took; nothing where it took no part. */
    private static String captured(Captures captures, String group) {
        boolean number = group.length() < 4 && group.chars().allMatch(Character::isDigit);
        String text = number ? captures.group(Integer.parseInt(group)) : captures.group(group);
        return text == null ? "" : text;
    }
}
