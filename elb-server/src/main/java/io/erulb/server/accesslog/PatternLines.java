package io.erulb.server.accesslog;

import io.undertow.util.HttpString;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lines of a text with {@code $variables} in it. */
final class PatternLines extends LineFormat {
    static final String COMBINED =
            "$remote_addr - - [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\"";
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)\\}|(\\w+))");
    private static final String HEADER = "http_";
    private static final String NEVER_LOGGED = "http_elb_token";

    private final List<Variable> parts = new ArrayList<>();
    private final List<HttpString> headers = new ArrayList<>();
    private boolean known = true;

    private PatternLines(String pattern) {
        Matcher variable = VARIABLE.matcher(pattern);
        int from = 0;
        while (variable.find()) {
            literal(pattern.substring(from, variable.start()));
            variable(variable.group(1) == null ? variable.group(2) : variable.group(1));
            from = variable.end();
        }
        literal(pattern.substring(from));
    }

    static @Nullable LineFormat parse(String pattern) {
        boolean oneLine = pattern.chars().noneMatch(c -> c < ' ' || c >= 0x7f);
        PatternLines lines = oneLine ? new PatternLines(pattern) : null;
        return lines != null && lines.known ? lines : null;
    }

    private void literal(String text) {
        known &= text.indexOf('$') < 0;
        parts.add((entry, line) -> line.append(text));
    }

    private void variable(String name) {
        Variable variable = Variable.BY_NAME.get(name);
        if (variable != null) {
            parts.add(variable);
        } else if (name.startsWith(HEADER) && name.length() > HEADER.length() && !name.equalsIgnoreCase(NEVER_LOGGED)) {
            parts.add(Variable.header(headers.size()));
            headers.add(new HttpString(name.substring(HEADER.length()).replace('_', '-')));
        } else {
            known = false;
        }
    }

    @Override
    List<HttpString> headers() {
        return headers;
    }

    @Override
    void write(Entry entry, StringBuilder line) {
        for (Variable part : parts) {
            part.write(entry, line);
        }
    }
}
