package io.erulb.proxy.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Faults in an answer that the proxy may mend or refuse, as it likes: a status line without its last blank, a length told
 * twice alike, and the length of what has no body.
 */
final class Tolerance {
    private static final Pattern BARE_STATUS = Pattern.compile("HTTP/1\\.[01] [1-9][0-9]{2}");
    private static final Pattern BODILESS = Pattern.compile("HTTP/1\\.[01] (1[0-9]{2}|204)( .*)?", Pattern.DOTALL);
    private static final Pattern INTERIM = Pattern.compile("HTTP/1\\.[01] 1[0-9]{2}( .*)?", Pattern.DOTALL);
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length:[ \t]*([0-9]{1,18})[ \t]*");
    private static final Pattern CODING = Pattern.compile("(?i)transfer-encoding:[ \t]*chunked[ \t]*");
    private static final String END = "\r\n\r\n";

    private Tolerance() {}

    /** An answer with these faults mended; the same text when it has none. */
    static String mended(String answer) {
        int end = answer.indexOf(END);
        if (end < 0) {
            return answer;
        }
        String head = head(answer.substring(0, end));
        String rest = answer.substring(end + END.length());
        boolean more = INTERIM.matcher(head.lines().findFirst().orElse("")).matches();
        return head + END + (more ? mended(rest) : rest);
    }

    private static String head(String head) {
        List<String> lines = new ArrayList<>(Arrays.asList(head.split("\r\n", -1)));
        String status = lines.get(0);
        if (BARE_STATUS.matcher(status).matches()) {
            lines.set(0, status + ' ');
        }
        if (BODILESS.matcher(status).matches()) {
            lines.removeIf(line ->
                    LENGTH.matcher(line).matches() || CODING.matcher(line).matches());
        } else {
            dropRepeatedLengths(lines);
        }
        return String.join("\r\n", lines);
    }

    private static void dropRepeatedLengths(List<String> lines) {
        List<Long> lengths = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            var length = LENGTH.matcher(lines.get(i));
            if (length.matches()) {
                long value = Long.parseLong(length.group(1));
                if (lengths.contains(value)) {
                    lines.remove(i--);
                }
                lengths.add(value);
            }
        }
    }
}
